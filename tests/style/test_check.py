#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that every check of check.py finds what it is there for, and nothing in clean files."""

import contextlib
import io
import os
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import check  # noqa: E402  (the path above finds it)

C_TOP = ('/* SPDX-FileCopyrightText: 2026 The Lanyard authors */\n'
         '/* SPDX-License-Identifier: GPL-3.0-or-later */\n')
HASH_TOP = ('# SPDX-FileCopyrightText: 2026 The Lanyard authors\n'
            '# SPDX-License-Identifier: GPL-3.0-or-later\n')
CLANG_FORMAT = ('BasedOnStyle: GNU\nAlwaysBreakAfterReturnType: AllDefinitions\nColumnLimit: 100\n'
                'WhitespaceSensitiveMacros: [_]\n')

# A small tree in which every check finds nothing.
CLEAN = {
    '.clang-format': CLANG_FORMAT,
    'meson.build': HASH_TOP,
    'src/base/lanyard-text.c': C_TOP + '#include "lanyard-text.h"\n\nint\none (void)\n{\n  return 1;\n}\n',
    'src/base/lanyard-text.h': C_TOP + '#pragma once\n\nint one (void);\n',
    'src/base/meson.build': HASH_TOP + "sources = files('lanyard-text.c')\n",
    'src/net/lanyard-net.c': C_TOP + '#include <libsoup/soup.h>\n\n#include "lanyard-text.h"\n',
    'src/net/meson.build': HASH_TOP + "sources = files('lanyard-net.c')\n",
    'src/ui/meson.build': HASH_TOP + "sources = files('list/lanyard-list.c')\n",
    'src/ui/list/lanyard-list.c': C_TOP + '#include <gtk/gtk.h>\n\nconst char *title = _("List");\n',
    'tests/base/test-text.c': C_TOP,
    'tests/base/meson.build': HASH_TOP + "foreach name : ['text']\nendforeach\n",
    'po/POTFILES.in': HASH_TOP + 'src/ui/list/lanyard-list.c\n',
}


class CheckTest(unittest.TestCase):
    """Each test adds one bad file to the clean tree and looks at what is reported."""

    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.root = holder.name
        for path, text in CLEAN.items():
            self.write(path, text)

    def write(self, path, text):
        full = os.path.join(self.root, path)
        os.makedirs(os.path.dirname(full), exist_ok=True)
        with open(full, 'w', encoding='utf-8') as file:
            file.write(text)

    def run_check(self, name):
        output = io.StringIO()
        with contextlib.redirect_stdout(output):
            code = check.main([name, '--root', self.root])
        return code, output.getvalue()

    def assert_found(self, name, *expected):
        code, output = self.run_check(name)
        self.assertEqual(code, 1, f'{name} found nothing')
        lines = output.splitlines()
        self.assertEqual(len(lines), len(expected), output)
        for line, start in zip(lines, expected):
            self.assertTrue(line.startswith(start), f'{line!r} does not start with {start!r}')

    def assert_clean(self, name):
        code, output = self.run_check(name)
        self.assertEqual((code, output), (0, ''))

    def test_clean_tree(self):
        for name in check.CHECKS:
            with self.subTest(name):
                code, output = self.run_check(name)
                self.assertIn(code, (0, check.SKIPPED) if name == 'format' else (0,), output)

    def test_format(self):
        self.write('src/base/bad.c', C_TOP + 'int one (void) { return 1; }\n')
        code, output = self.run_check('format')
        if code == check.SKIPPED:
            self.skipTest('clang-format 14 is not here')
        self.assertEqual(code, 1)
        self.assertIn('src/base/bad.c:3: ', output)

    def test_format_without_the_program(self):
        path = os.environ['PATH']
        os.environ['PATH'] = self.root
        try:
            self.assertEqual(self.run_check('format')[0], check.SKIPPED)
        finally:
            os.environ['PATH'] = path

    def test_spdx(self):
        self.write('src/base/bad.h', '#pragma once\n')
        self.write('src/ui/bad.ui', '<?xml version="1.0"?>\n<!-- SPDX-FileCopyrightText: 2026 The '
                                    'Lanyard authors -->\n<interface/>\n')
        self.assert_found('spdx', 'src/base/bad.h:1: ', 'src/base/bad.h:2: ', 'src/ui/bad.ui:3: ')

    def test_spdx_after_the_first_line_of_a_program(self):
        self.write('tests/good.py', '#!/usr/bin/python3\n' + HASH_TOP)
        self.assert_clean('spdx')

    def test_includes_upwards(self):
        self.write('src/base/bad.c', C_TOP + '#include "lanyard-net.h"\n')
        self.write('src/net/lanyard-net.h', C_TOP)
        self.assert_found('includes', 'src/base/bad.c:3: "lanyard-net.h"')

    def test_includes_upwards_with_a_path(self):
        self.write('src/ui/list/bad.c', C_TOP + '#include "consent/lanyard-view.h"\n')
        self.write('src/ui/consent/lanyard-view.h', C_TOP)
        self.assert_found('includes', 'src/ui/list/bad.c:3: ')

    def test_includes_of_other_projects(self):
        for folder, header in [('ui/list', 'webkit/webkit.h'), ('cli', 'gtk/gtk.h'),
                               ('engine', 'adwaita.h'), ('engine', 'libsoup/soup.h'),
                               ('auth', 'openssl/evp.h'), ('model', 'sqlite3.h'),
                               ('engine', 'libsecret/secret.h')]:
            with self.subTest(header):
                path = f'src/{folder}/bad.c'
                self.write(path, C_TOP + f'\n# include <{header}>\n')
                self.assert_found('includes', f'{path}:4: <{header}>')
                os.unlink(os.path.join(self.root, path))

    def test_includes_in_a_comment(self):
        self.write('src/base/good.c', C_TOP + '/*\n#include <gtk/gtk.h>\n*/\n')
        self.assert_clean('includes')

    def test_includes_in_an_unknown_folder(self):
        self.write('src/drawer/bad.c', C_TOP)
        self.assert_found('includes', 'src/drawer/bad.c:1: ')

    def test_potfiles_missing(self):
        self.write('src/cli/bad.c', C_TOP + 'print (_("Done"));\n')
        self.write('src/ui/bad.ui', '<property name="label" translatable="yes">Save</property>\n')
        self.assert_found('potfiles', 'src/cli/bad.c:3: ', 'src/ui/bad.ui:1: ')

    def test_potfiles_macro_in_header(self):
        self.write('src/cli/bad.h', C_TOP + '#pragma once\n\n#define FIELD \\\n  { N_ ("Name") }\n')
        self.assert_found('potfiles', 'src/cli/bad.h:6: ')

    def test_potfiles_superfluous(self):
        self.write('po/POTFILES.in', 'src/base/lanyard-text.c\nsrc/gone.c\nsrc/ui/list/lanyard-list.c\n')
        self.assert_found('potfiles', 'po/POTFILES.in:1: ', 'po/POTFILES.in:2: src/gone.c does not exist')

    def test_potfiles_order(self):
        self.write('src/cli/good.c', C_TOP + 'C_("verb", "Test");\n')
        self.write('po/POTFILES.in', 'src/ui/list/lanyard-list.c\nsrc/cli/good.c\n')
        self.assert_found('potfiles', 'po/POTFILES.in:2: src/cli/good.c is not in alphabetical order')

    def test_potfiles_not_fooled(self):
        self.write('src/cli/good.c', C_TOP + '/* _("no") */ lanyard_ ("no"); puts ("_(no)");\n')
        self.assert_clean('potfiles')

    def test_sizes_of_a_file(self):
        self.write('src/base/bad.c', C_TOP + 'int x;\n' * 799)
        self.assert_found('sizes', 'src/base/bad.c:801: 801 lines')

    def test_sizes_of_a_function(self):
        self.write('src/base/bad.c', C_TOP + 'int\none (void)\n{\n' + '  f ("}");\n' * 99 + '}\n')
        self.assert_found('sizes', 'src/base/bad.c:5: a function of 101 lines')

    def test_sizes_of_a_table(self):
        self.write('src/base/good.c', C_TOP + 'int table[] =\n{\n' + '  1,\n' * 200 + '};\n')
        self.assert_clean('sizes')

    def test_meson(self):
        self.write('src/base/bad.c', C_TOP)
        self.write('src/base/meson.build', HASH_TOP + "files('lanyard-text.c')  # 'bad.c'\n")
        self.assert_found('meson', 'src/base/bad.c:1: ')

    def test_secrets(self):
        self.write('src/base/bad.c', C_TOP + 'g_debug ("sent %s) to %d",\n         '
                                             'lanyard_secret_get_text (self->secret), 1);\n')
        self.assert_found('secrets', 'src/base/bad.c:3: g_debug is given a secret')

    def test_secrets_elsewhere(self):
        self.write('src/base/good.c', C_TOP + 'g_debug ("lanyard_secret_get"); /* lanyard_secret_get () */\n'
                                              'send (lanyard_secret_get (self));\n')
        self.assert_clean('secrets')

    def test_words(self):
        unfinished = 'TO' + 'DO'
        machine = '/ho' + 'me/anna/lanyard'
        self.write('src/base/bad.c', C_TOP + f'/* {unfinished}: later */\n')
        self.write('data/bad.json', f'{{"path": "{machine}"}}\n')
        self.assert_found('words', 'data/bad.json:1: ', f'src/base/bad.c:3: {unfinished}')

    def test_words_not_fooled(self):
        self.write('src/base/good.c', C_TOP + '/* mastodon, https://example.org/home/anna, $HOME/x */\n')
        self.assert_clean('words')


if __name__ == '__main__':
    unittest.main()
