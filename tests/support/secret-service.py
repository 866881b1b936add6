#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A Secret Service that does what a test wants: secret-service.py [OPTIONS].

It prints "ready" when it can be called, and ends with its standard input. The interface
io.github.lanyard.Test of its object /counts is for the test:

    GetCounts        how often each method was called
    GetItem (ID)     the secret of an item, empty when there is none
    Hold (METHOD, AFTER)   lets the next call of that method wait, before or after it is carried out
    CountHeld        how many calls wait
    Release          carries out and answers the calls that wait
    Forget           lets them wait for ever, and what was not carried out undone
"""

import argparse
import hashlib
import os
import sys

from gi.repository import Gio, GLib

NAME = 'org.freedesktop.secrets'
ROOT = '/org/freedesktop/secrets'
COLLECTION = ROOT + '/collection/main'
ERROR = 'org.freedesktop.Secret.Error.'

INTERFACES = """<node>
<interface name="org.freedesktop.Secret.Service">
  <method name="OpenSession"><arg type="s" direction="in"/><arg type="v" direction="in"/>
    <arg type="v" direction="out"/><arg type="o" direction="out"/></method>
  <method name="CreateCollection"><arg type="a{sv}" direction="in"/><arg type="s" direction="in"/>
    <arg type="o" direction="out"/><arg type="o" direction="out"/></method>
  <method name="SearchItems"><arg type="a{ss}" direction="in"/>
    <arg type="ao" direction="out"/><arg type="ao" direction="out"/></method>
  <method name="Unlock"><arg type="ao" direction="in"/>
    <arg type="ao" direction="out"/><arg type="o" direction="out"/></method>
  <method name="GetSecrets"><arg type="ao" direction="in"/><arg type="o" direction="in"/>
    <arg type="a{o(oayays)}" direction="out"/></method>
  <method name="ReadAlias"><arg type="s" direction="in"/><arg type="o" direction="out"/></method>
</interface>
<interface name="org.freedesktop.Secret.Collection">
  <method name="CreateItem"><arg type="a{sv}" direction="in"/><arg type="(oayays)" direction="in"/>
    <arg type="b" direction="in"/><arg type="o" direction="out"/><arg type="o" direction="out"/></method>
  <property name="Locked" type="b" access="read"/>
</interface>
<interface name="org.freedesktop.Secret.Item">
  <method name="Delete"><arg type="o" direction="out"/></method>
  <method name="SetSecret"><arg type="(oayays)" direction="in"/></method>
  <property name="Attributes" type="a{ss}" access="read"/>
  <property name="Label" type="s" access="readwrite"/>
</interface>
<interface name="org.freedesktop.Secret.Prompt">
  <method name="Prompt"><arg type="s" direction="in"/></method>
  <method name="Dismiss"/>
  <signal name="Completed"><arg type="b"/><arg type="v"/></signal>
</interface>
<interface name="io.github.lanyard.Test">
  <method name="GetCounts"><arg type="a{su}" direction="out"/></method>
  <method name="GetItem"><arg type="s" direction="in"/><arg type="s" direction="out"/></method>
  <method name="Hold"><arg type="s" direction="in"/><arg type="b" direction="in"/></method>
  <method name="CountHeld"><arg type="u" direction="out"/></method>
  <method name="Release"/>
  <method name="Forget"/>
</interface>
</node>"""


class Refusal(Exception):
    """A method that fails, with the name of a D-Bus error."""


class Item:
    def __init__(self, attributes, label, secret):
        self.attributes = attributes
        self.label = label
        self.secret = secret
        self.is_locked = False


class Service:
    """The state of the service, and what it does for each method."""

    def __init__(self, connection, options):
        self.connection = connection
        self.options = options
        self.infos = {i.name: i for i in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces}
        self.counts = {}
        self.items = {}
        self.prompts = {}
        self.registered = {}
        self.n_paths = 0
        # What is to be held (a method, and whether it is carried out before), and what is.
        self.hold = None
        self.held = []
        self.session = None
        self.has_default = options.default != 'none'
        self.is_locked = options.default == 'locked'
        self.register(ROOT, 'org.freedesktop.Secret.Service')
        self.register('/counts', 'io.github.lanyard.Test')
        if self.has_default:
            self.register(COLLECTION, 'org.freedesktop.Secret.Collection')
        for item in options.item:
            identifier, label, secret = item.split('=', 2)
            self.add_item({'xdg:schema': options.schema, 'id': identifier}, label, secret.encode())

    def register(self, path, interface):
        self.registered[path] = self.connection.register_object(
            path, self.infos[interface], self.call, self.get_property, self.set_property)

    def unregister(self, path):
        self.connection.unregister_object(self.registered.pop(path))

    def make_path(self, parent):
        self.n_paths += 1
        return f'{parent}/t{self.n_paths}'

    def add_item(self, attributes, label, secret):
        path = self.make_path(COLLECTION)
        self.items[path] = Item(attributes, label, secret)
        self.items[path].is_locked = self.options.lock_items
        self.register(path, 'org.freedesktop.Secret.Item')
        return path

    def add_prompt(self, action):
        path = self.make_path(ROOT + '/prompt')
        self.prompts[path] = action
        self.register(path, 'org.freedesktop.Secret.Prompt')
        return path

    def check_unlocked(self, path=None):
        if self.is_locked or (path and self.items[path].is_locked):
            raise Refusal(ERROR + 'IsLocked')

    def check_session(self, path):
        if path != self.session:
            raise Refusal(ERROR + 'NoSession')

    # What each method does, by its name.

    def do_OpenSession(self, _path, algorithm, _input):
        if algorithm != 'plain':
            raise Refusal('org.freedesktop.DBus.Error.NotSupported')
        self.session = self.make_path(ROOT + '/session')
        return GLib.Variant('(vo)', (GLib.Variant('s', ''), self.session))

    def do_ReadAlias(self, _path, _alias):
        return GLib.Variant('(o)', (COLLECTION if self.has_default else '/',))

    def do_SearchItems(self, _path, attributes):
        found = [p for p, i in self.items.items()
                 if attributes.items() <= i.attributes.items()
                 and not (self.is_locked and self.options.hide_locked)]
        locked = [p for p in found if self.is_locked or self.items[p].is_locked]
        return GLib.Variant('(aoao)', ([p for p in found if p not in locked], locked))

    def do_GetSecrets(self, _path, paths, session):
        self.check_session(session)
        secrets = {p: (session, b'', self.items[p].secret, 'application/json') for p in paths
                   if p in self.items and not self.is_locked and not self.items[p].is_locked}
        if self.options.vanish:
            secrets = {}
        return GLib.Variant('(a{o(oayays)})', (secrets,))

    def do_CreateItem(self, _path, properties, secret, _replace):
        self.check_unlocked()
        self.check_session(secret[0])
        prefix = 'org.freedesktop.Secret.Item.'

        def create():
            return GLib.Variant('o', self.add_item(properties[prefix + 'Attributes'],
                                                   properties[prefix + 'Label'], bytes(secret[2])))

        if self.options.write_by_prompt:
            return GLib.Variant('(oo)', ('/', self.add_prompt(create)))
        return GLib.Variant('(oo)', (create().get_string(), '/'))

    def do_SetSecret(self, path, secret):
        self.check_unlocked(path)
        self.check_session(secret[0])
        self.items[path].secret = bytes(secret[2])
        return None

    def do_Delete(self, path):
        self.check_unlocked(path)

        def delete():
            del self.items[path]
            self.unregister(path)
            return GLib.Variant('s', '')

        if self.options.write_by_prompt:
            return GLib.Variant('(o)', (self.add_prompt(delete),))
        delete()
        return GLib.Variant('(o)', ('/',))

    def do_Unlock(self, _path, paths):
        items = [p for p in paths if p in self.items and self.items[p].is_locked]
        if not items and not self.is_locked:
            return GLib.Variant('(aoo)', (paths, '/'))

        def unlock():
            self.is_locked = False
            for path in items:
                self.items[path].is_locked = False
            return GLib.Variant('ao', paths)

        return GLib.Variant('(aoo)', ([], self.add_prompt(unlock)))

    def do_CreateCollection(self, _path, _properties, _alias):
        def create():
            self.has_default = True
            self.register(COLLECTION, 'org.freedesktop.Secret.Collection')
            return GLib.Variant('o', COLLECTION)

        return GLib.Variant('(oo)', ('/', self.add_prompt(create)))

    def do_Prompt(self, path, _window):
        if self.options.prompt == 'never':
            return None
        if self.options.prompt == 'exit':
            GLib.timeout_add(50, os._exit, 0)
            return None
        GLib.timeout_add(20, self.complete, path, self.options.prompt == 'dismiss')
        return None

    def do_Dismiss(self, path):
        self.complete(path, True)
        return None

    # What the test asks.

    def test_GetCounts(self):
        return GLib.Variant('(a{su})', (self.counts,))

    def test_GetItem(self, identifier):
        found = [i for i in self.items.values() if i.attributes.get('id') == identifier]
        return GLib.Variant('(s)', (found[0].secret.decode() if found else '',))

    def test_Hold(self, method, is_after):
        self.hold = (method, is_after)

    def test_CountHeld(self):
        return GLib.Variant('(u)', (len(self.held),))

    def test_Release(self):
        for answer in self.take_held():
            answer()

    def test_Forget(self):
        self.take_held()

    def take_held(self):
        held, self.held, self.hold = self.held, [], None
        return held

    def complete(self, path, is_dismissed):
        action = self.prompts.pop(path)
        result = GLib.Variant('s', '') if is_dismissed else action()
        self.connection.emit_signal(None, path, 'org.freedesktop.Secret.Prompt', 'Completed',
                                    GLib.Variant('(bv)', (is_dismissed, result)))
        self.unregister(path)
        return GLib.SOURCE_REMOVE

    # What GDBus calls.

    def count(self, method):
        self.counts[method] = self.counts.get(method, 0) + 1

    def call(self, _connection, _sender, path, _interface, method, parameters, invocation):
        if path == '/counts':
            invocation.return_value(getattr(self, 'test_' + method)(*parameters.unpack()))
            return
        self.count(method)
        if method in self.options.exit:
            os._exit(0)
        if method in self.options.hang:
            return
        if self.hold is not None and self.hold[0] == method:
            self.wait(path, method, parameters, invocation)
            return
        self.answer(path, method, parameters, invocation)

    def wait(self, path, method, parameters, invocation):
        is_after = self.hold[1]
        self.hold = None
        if is_after:
            answer = getattr(self, 'do_' + method)(path, *parameters.unpack())
            self.held.append(lambda: invocation.return_value(answer))
        else:
            self.held.append(lambda: self.answer(path, method, parameters, invocation))

    def answer(self, path, method, parameters, invocation):
        try:
            if method in self.options.fail:
                raise Refusal('org.freedesktop.DBus.Error.Failed')
            if method in self.options.fail_once:
                self.options.fail_once.remove(method)
                raise Refusal(ERROR + 'NoSession')
            invocation.return_value(getattr(self, 'do_' + method)(path, *parameters.unpack()))
        except Refusal as refusal:
            invocation.return_dbus_error(str(refusal), 'The\nscripted <b>service</b> refuses')

    def get_property(self, _connection, _sender, path, _interface, name):
        self.count('Get' + name)
        if name == 'Locked':
            return GLib.Variant('b', self.is_locked)
        item = self.items[path]
        if name == 'Label':
            return GLib.Variant('s', item.label)
        if self.is_locked and self.options.hash_attributes:
            return GLib.Variant('a{ss}', {
                'gkr:compat:hashed:' + k: hashlib.sha256(v.encode()).hexdigest()
                for k, v in item.attributes.items()})
        return GLib.Variant('a{ss}', item.attributes)

    def set_property(self, _connection, _sender, path, _interface, name, value):
        self.count('Set' + name)
        self.items[path].label = value.get_string()
        return True


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--schema', default='io.github.lanyard.Authorization')
    parser.add_argument('--default', choices=['unlocked', 'locked', 'none'], default='unlocked',
                        help='the default collection')
    parser.add_argument('--prompt', choices=['accept', 'dismiss', 'never', 'exit'],
                        default='accept', help='what comes of a prompt')
    parser.add_argument('--item', metavar='ID=LABEL=SECRET', action='append', default=[])
    parser.add_argument('--lock-items', action='store_true', help='each item is locked by itself')
    parser.add_argument('--hide-locked', action='store_true',
                        help='what is locked is not found (as by KeePassXC)')
    parser.add_argument('--hash-attributes', action='store_true',
                        help='what is locked shows digests (as by GNOME Keyring)')
    parser.add_argument('--write-by-prompt', action='store_true',
                        help='items are made and removed by a prompt (as by KeePassXC)')
    parser.add_argument('--vanish', action='store_true', help='no secret is there when it is read')
    for name, what in (('fail', 'fails'), ('hang', 'never answers'), ('exit', 'ends the service'),
                       ('fail-once', 'does not know the session, once')):
        parser.add_argument('--' + name, metavar='METHOD', action='append', default=[],
                            help='this method ' + what)
    return parser.parse_args()


def main():
    options = parse_arguments()
    loop = GLib.MainLoop()
    connection = Gio.bus_get_sync(Gio.BusType.SESSION)
    connection.set_exit_on_close(False)
    # Kept, since its callbacks hold nothing of it.
    service = Service(connection, options)

    def acquired(_connection, _name):
        print('ready', flush=True)

    def lost(_connection, _name):
        print('somebody else is the Secret Service', file=sys.stderr)
        loop.quit()

    Gio.bus_own_name_on_connection(connection, NAME, Gio.BusNameOwnerFlags.NONE, acquired, lost)
    GLib.unix_fd_add_full(GLib.PRIORITY_DEFAULT, 0, GLib.IOCondition.HUP, lambda *_: loop.quit())
    loop.run()
    return service.counts and 0


if __name__ == '__main__':
    sys.exit(main())
