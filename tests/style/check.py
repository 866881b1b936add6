#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks what the compiler does not: check.py CHECK… [--root DIRECTORY].

Each finding is one line, "file:line: what is wrong". Exit code 0: nothing found, 1: something found,
2: wrong usage, 77: the check could not be made here (meson counts it as skipped).
"""

import argparse
import os
import re
import shutil
import subprocess
import sys

SKIPPED = 77

# The folders of src/, bottom to top: an include may only point to its own or a lower one.
LAYERS = ['base', 'crypto', 'model', 'catalogue', 'auth', 'store', 'engine', 'net', 'bus', 'service',
          'cli', 'front', 'ui', 'ui/consent']

# Which headers of other projects belong to which folders only.
OWNED_HEADERS = [
    (re.compile(r'(webkit2?|jsc)/'), ['ui/consent'], 'WebKit'),
    (re.compile(r'(gtk|gdk|gsk)/|adwaita\.h'), ['ui'], 'GTK and libadwaita'),
    (re.compile(r'libsoup/'), ['net'], 'libsoup'),
    (re.compile(r'openssl/'), ['crypto'], 'OpenSSL'),
    (re.compile(r'sqlite3\.h'), ['store'], 'SQLite'),
    (re.compile(r'libsecret/'), ['store'], 'libsecret'),
    (re.compile(r'qrencode\.h'), ['base'], 'libqrencode'),
]

MAX_FILE_LINES = 800
MAX_FUNCTION_LINES = 100

# Our own files that carry the two licence lines, by ending or by name.
LICENSED_ENDINGS = ('.c', '.h', '.py', '.sh', '.ui', '.xml', '.css', '.yml', '.svg', '.bash', '.fish')
LICENSED_NAMES = ('meson.build', 'meson_options.txt', 'meson.options')
SPDX_COPYRIGHT = re.compile(r'SPDX-FileCopyrightText: \d{4} \S')
SPDX_LICENCE = re.compile(r'SPDX-License-Identifier: (GPL-3\.0-or-later|CC0-1\.0)\b')

OWN_FOLDERS = ('src', 'data', 'po', 'tests', 'flatpak', '.ci')

# The words are put together so that this file does not find itself.
UNFINISHED = re.compile(r'\b(' + '|'.join(['TO' 'DO', 'FIX' 'ME', 'X' 'XX', 'HA' 'CK']) + r')\b')
MACHINE_PATH = re.compile(
    r'(?<![\w.:/~$}{-])/(?:home|root|work|workspace|Users|builds?|mnt|tmp/[\w.-]+)/[\w.-]+')
TEXT_ENDINGS = LICENSED_ENDINGS + (
    '.in', '.md', '.json', '.po', '.build', '.txt', '.desktop', '.service', '.conf', '.toml', '.cfg',
    '.zsh', '.1', '.5', '.yaml', '.clang-format')

CALL_THAT_PRINTS = re.compile(
    r'\b(g_(?:print|printerr|debug|message|info|warning|critical|error|log|log_structured)'
    r'|g_(?:fprintf|printf|snprintf|vsnprintf|strdup_printf|string_printf|string_append_printf)'
    r'|g_set_error|g_error_new|g_prefix_error|g_application_command_line_print(?:err)?'
    r'|f?printf|dprintf|sn?printf|asprintf|puts|fputs|lanyard_log\w*)\s*\(')
SECRET_GETTER = 'lanyard_secret_get'

C_MARKERS = re.compile(r'(?<![A-Za-z0-9_])(?:_|C_|N_|NC_|Q_|g_dngettext|ngettext|gettext|g_dgettext'
                       r'|g_dpgettext2?)\s*\(')


class Findings:
    """Collects what is wrong and prints it in order."""

    def __init__(self):
        self.lines = []

    def add(self, path, line, what):
        self.lines.append((path, line, what))

    def report(self):
        for path, line, what in sorted(set(self.lines)):
            print(f'{path}:{line}: {what}')
        return 1 if self.lines else 0


def walk(root, folders, endings=(), names=()):
    """Relative paths below the folders, sorted, that end so or are called so."""
    found = []
    for folder in folders:
        for directory, subdirs, files in os.walk(os.path.join(root, folder)):
            subdirs[:] = sorted(d for d in subdirs if d not in ('__pycache__', '.git'))
            for name in files:
                if name.endswith(tuple(endings)) or name in names:
                    found.append(os.path.relpath(os.path.join(directory, name), root))
    return sorted(found)


def read(root, path):
    with open(os.path.join(root, path), encoding='utf-8', errors='replace') as file:
        return file.read()


def line_of(text, offset):
    return text.count('\n', 0, offset) + 1


def without_comments(text, keep_strings=True):
    """The C text with comments (and, if asked, what is in quotes) blanked, at the same offsets."""
    token = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)

    def blank(match):
        found = match.group(0)
        if found[0] == '/':
            return re.sub(r'[^\n]', ' ', found)
        if keep_strings:
            return found
        return found[0] + ' ' * (len(found) - 2) + found[-1]

    return token.sub(blank, text)


def matching_bracket(text, start):
    """Where the bracket that opens at start is closed; the text has its strings blanked."""
    pairs = {'(': ')', '{': '}'}
    opening, closing = text[start], pairs[text[start]]
    depth = 0
    for offset in range(start, len(text)):
        if text[offset] == opening:
            depth += 1
        elif text[offset] == closing:
            depth -= 1
            if depth == 0:
                return offset
    return len(text) - 1


def check_format(root, findings):
    """clang-format 14 would change nothing."""
    program = next((p for p in ('clang-format-14', 'clang-format') if shutil.which(p)), None)
    version = subprocess.run([program, '--version'], capture_output=True, text=True,
                             check=False).stdout if program else ''
    if not re.search(r'version 14\.', version):
        print('clang-format 14 is not here')
        return SKIPPED
    files = walk(root, ('src', 'tests'), ('.c', '.h'))
    for first in range(0, len(files), 50):
        run = subprocess.run([program, '--dry-run', '-Werror', '--style=file'] + files[first:first + 50],
                             cwd=root, capture_output=True, text=True, check=False)
        before = len(findings.lines)
        for match in re.finditer(r'^(.+?):(\d+):\d+: error: (.*)$', run.stderr, re.M):
            findings.add(match.group(1), int(match.group(2)), 'not as clang-format 14 lays it out')
        if run.returncode != 0 and len(findings.lines) == before:
            findings.add('.clang-format', 1, run.stderr.strip() or 'clang-format failed')
    return 0


def check_spdx(root, findings):
    """Two SPDX lines on top of every file of ours."""
    files = walk(root, OWN_FOLDERS, LICENSED_ENDINGS, LICENSED_NAMES)
    files += [name for name in LICENSED_NAMES if os.path.exists(os.path.join(root, name))]
    for path in files:
        lines = read(root, path).split('\n')
        top = 0
        while top < min(2, len(lines)) and re.match(r'#!|<\?xml|<!DOCTYPE', lines[top]):
            top += 1
        two = lines[top:top + 2] + ['', '']
        if not SPDX_COPYRIGHT.search(two[0]):
            findings.add(path, top + 1, 'no SPDX-FileCopyrightText line on top')
        if not SPDX_LICENCE.search(two[1]):
            findings.add(path, top + 2, 'no SPDX-License-Identifier line below the copyright line')
    return 0


def layer_of(path):
    """The layer that a file below src/ belongs to, or None for one in src/ itself."""
    inner = path.split('/')[1:-1]
    if inner[:2] == ['ui', 'consent']:
        return 'ui/consent'
    return inner[0] if inner else None


def check_includes(root, findings):
    """Includes only point to the same folder or a lower one; other projects' headers have a home."""
    files = walk(root, ('src',), ('.c', '.h'))
    home_of = {}
    for path in files:
        if path.endswith('.h'):
            home_of.setdefault(os.path.basename(path), []).append(path)
    for path in files:
        layer = layer_of(path)
        if layer is None:
            continue
        if layer not in LAYERS:
            findings.add(path, 1, f'src/{layer} is not in the order of the folders in check.py')
            continue
        text = without_comments(read(root, path))
        for match in re.finditer(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', text, re.M):
            check_one_include(path, layer, match.group(2), line_of(text, match.start(1)), home_of, findings)
    return 0


def check_one_include(path, layer, header, line, home_of, findings):
    for pattern, owners, what in OWNED_HEADERS:
        inside = any(layer == owner or layer.startswith(owner + '/') for owner in owners)
        if pattern.match(header) and not inside:
            findings.add(path, line, f'<{header}>: only src/{owners[0]} includes {what}')
    for target in home_of.get(os.path.basename(header), []):
        target_layer = layer_of(target)
        if target_layer not in LAYERS:
            continue
        if LAYERS.index(target_layer) > LAYERS.index(layer):
            findings.add(path, line, f'"{header}": src/{layer} must not include upwards from '
                                     f'src/{target_layer}')


def has_strings(root, path):
    """The line of the first translatable string, or 0."""
    text = read(root, path)
    if path.endswith(('.c', '.h')):
        code = without_comments(text, keep_strings=False)
        code = re.sub(r'^[ \t]*#[ \t]*define\b.*$', lambda m: ' ' * len(m.group(0)), code, flags=re.M)
        match = C_MARKERS.search(code)
    elif path.endswith('.ui'):
        match = re.search(r'\btranslatable="(?:yes|true)"', text)
    elif path.endswith('.gschema.xml'):
        match = re.search(r'<(?:summary|description)>', text)
    else:
        match = re.search(r'\S', text)
    return line_of(text, match.start()) if match else 0


def check_potfiles(root, findings):
    """po/POTFILES.in names exactly the files with strings for people, in order."""
    listing = 'po/POTFILES.in'
    if not os.path.exists(os.path.join(root, listing)):
        findings.add(listing, 1, 'missing')
        return 0
    listed = {}
    previous = ''
    for number, line in enumerate(read(root, listing).split('\n'), 1):
        name = line.strip()
        if not name or name.startswith('#'):
            continue
        if name in listed:
            findings.add(listing, number, f'{name} is there twice')
        elif name < previous:
            findings.add(listing, number, f'{name} is not in alphabetical order')
        listed[name] = number
        previous = name
    candidates = walk(root, ('src',), ('.c', '.h', '.ui')) + walk(
        root, ('data',), ('.desktop.in', '.desktop.in.in', '.metainfo.xml.in', '.metainfo.xml.in.in',
                          '.gschema.xml'))
    for path in candidates:
        line = has_strings(root, path)
        if line and path not in listed:
            findings.add(path, line, f'has strings to translate and is not in {listing}')
        elif not line and path in listed:
            findings.add(listing, listed[path], f'{path} has no string to translate')
    for name, number in listed.items():
        if not os.path.exists(os.path.join(root, name)):
            findings.add(listing, number, f'{name} does not exist')
    return 0


def functions_of(text):
    """(first line, last line) of each function of a C file, from its opening to its closing brace."""
    code = without_comments(text, keep_strings=False)
    for match in re.finditer(r'^\{', code, re.M):
        before = code[:match.start()].rstrip()
        if not before.endswith(')'):
            continue
        end = matching_bracket(code, match.start())
        yield line_of(code, match.start()), line_of(code, end)


def check_sizes(root, findings):
    """No file and no function is too long."""
    for path in walk(root, ('src', 'tests'), ('.c',)):
        text = read(root, path)
        count = len(text.splitlines())
        if count > MAX_FILE_LINES:
            findings.add(path, count, f'{count} lines; {MAX_FILE_LINES} are the most')
        for first, last in functions_of(text):
            length = last - first + 1
            if length > MAX_FUNCTION_LINES:
                findings.add(path, first, f'a function of {length} lines; {MAX_FUNCTION_LINES} are the most')
    return 0


def check_meson(root, findings):
    """Every .c file is named in the meson.build of its folder or of one above."""
    for path in walk(root, ('src', 'tests'), ('.c',)):
        directory, name = os.path.split(path)
        relative, folder, named = name, directory, False
        while True:
            build = os.path.join(root, folder, 'meson.build')
            if os.path.exists(build) and mentions(read(root, os.path.join(folder, 'meson.build')), relative):
                named = True
            if named or not folder:
                break
            folder, last = os.path.split(folder)
            relative = f'{last}/{relative}'
        if not named:
            findings.add(path, 1, 'not named in a meson.build')
    return 0


def mentions(build_text, name):
    """Whether a meson.build names the file: whole, or as the stem of a test in a list of tests."""
    code = re.sub(r'#[^\n]*', '', build_text)
    stem = name[:-2]
    names = [name, stem]
    if os.path.basename(stem).startswith('test-'):
        names.append(stem.replace('test-', '', 1))
    return any(f"'{candidate}'" in code for candidate in names)


def check_secrets(root, findings):
    """No call that prints, logs or makes an error has a secret's value among its arguments."""
    for path in walk(root, ('src',), ('.c', '.h')):
        code = without_comments(read(root, path), keep_strings=False)
        for match in CALL_THAT_PRINTS.finditer(code):
            start = match.end() - 1
            arguments = code[start:matching_bracket(code, start) + 1]
            if re.search(r'\b' + SECRET_GETTER, arguments):
                findings.add(path, line_of(code, match.start()),
                             f'{match.group(1)} is given a secret ({SECRET_GETTER})')
    return 0


def check_words(root, findings):
    """Nothing unfinished and nothing of the machine on which it was written."""
    files = walk(root, OWN_FOLDERS, TEXT_ENDINGS)
    files += sorted(name for name in os.listdir(root)
                    if name.endswith(TEXT_ENDINGS) and os.path.isfile(os.path.join(root, name)))
    for path in files:
        for number, line in enumerate(read(root, path).split('\n'), 1):
            match = UNFINISHED.search(line)
            if match:
                findings.add(path, number, f'{match.group(1)}: finish it or leave it out')
            match = MACHINE_PATH.search(line)
            if match:
                findings.add(path, number, f'{match.group(0)}: a path of one machine')
    return 0


CHECKS = {
    'format': check_format,
    'spdx': check_spdx,
    'includes': check_includes,
    'potfiles': check_potfiles,
    'sizes': check_sizes,
    'meson': check_meson,
    'secrets': check_secrets,
    'words': check_words,
}


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split('\n', maxsplit=1)[0])
    parser.add_argument('checks', nargs='+', choices=sorted(CHECKS), metavar='CHECK',
                        help=', '.join(sorted(CHECKS)))
    default_root = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
    parser.add_argument('--root', default=default_root, help='top of the source tree')
    options = parser.parse_args(arguments)
    findings = Findings()
    codes = [CHECKS[name](os.path.abspath(options.root), findings) for name in options.checks]
    found = findings.report()
    return found if found or SKIPPED not in codes else SKIPPED


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
