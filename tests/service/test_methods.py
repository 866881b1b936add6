#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every method of the service, and its errors by name."""

from __future__ import annotations

import os

from gi.repository import GLib
from service_session import ERROR, NAME, ROOT, SERVICE, Failure, ServiceCase, main

from fake_person import FakePerson

NOBODY = "00000000-0000-4000-8000-000000000000"
METHODS = {
    "GetAccessToken": (),
    "GetHeaders": ("GET", "https://api.example.org/"),
    "SignRequest": ("GET", "https://api.example.org/", [], b""),
    "Test": (),
    "Refresh": (),
    "Revoke": (),
    "RequestAuthorization": (),
}


class ErrorTest(ServiceCase):
    """What every method refuses."""

    def test_unknown(self) -> None:
        self.add_key()
        for method, arguments in METHODS.items():
            for name in ("Nobody", NOBODY, ""):
                with self.subTest(method=method, name=name), self.fails("NotFound"):
                    self.client.call(method, name, *arguments)

    def test_ambiguous(self) -> None:
        # An id that begins like another's, as a program may abbreviate it.
        first, second = self.add_key(), self.add_key()
        self.change_row(first, id="aaaaaaaa-0000-4000-8000-000000000001")
        self.change_row(second, id="aaaaaaaa-0000-4000-8000-000000000002")
        with self.fails("Ambiguous", first, second):
            self.client.call("GetAccessToken", "aaaaaaaa")

    def test_other_data(self) -> None:
        name = self.add_key()
        for method, arguments in METHODS.items():
            with self.subTest(method), self.fails("OtherData"):
                self.client.call(method, name, *arguments, data_home="/nonexistent")
        with self.fails("OtherData"):
            self.client.call("GetAccessToken", name, data_home=self.session.root)

    def test_same_data(self) -> None:
        name = self.add_key("key-of-this-folder")
        folder = os.path.join(self.session.environment["XDG_DATA_HOME"], "lanyard")
        link = os.path.join(self.session.root, "link")
        os.symlink(folder, link)
        for path in (folder, folder + "/", link):
            token, _type, _end = self.client.call("GetAccessToken", name, data_home=path)
            self.assertEqual(token, "key-of-this-folder")

    def test_options_of_a_wrong_type(self) -> None:
        name = self.add_key()
        with self.fails("Invalid", "min-valid"):
            self.client.call("GetAccessToken", name, min_valid="60")
        with self.fails("Invalid", "data-home"):
            self.client.call("GetAccessToken", name, data_home=GLib.Variant("ay", b"/"))
        # One that nobody knows is passed over.
        self.client.call("GetAccessToken", name, colour="blue")

    def test_wrong_signature(self) -> None:
        with self.assertRaises(Failure) as caught:
            self.client.call_object(NAME, ROOT, SERVICE, "GetAccessToken", GLib.Variant("(s)", ("a",)))
        self.assertEqual(caught.exception.name, "org.freedesktop.DBus.Error.InvalidArgs")
        with self.assertRaises(Failure):
            self.client.call_object(NAME, ROOT, SERVICE, "GetPassword")

    def test_inactive(self) -> None:
        name = self.add_key()
        self.client.call("GetAccessToken", name)
        self.lanyard("deactivate", name)
        for method in ("GetAccessToken", "GetHeaders", "SignRequest", "Refresh", "Test"):
            with self.subTest(method), self.fails("Inactive", name):
                self.client.call(method, name, *METHODS[method])
        self.lanyard("activate", name)
        self.client.call("GetAccessToken", name)

    def test_not_authorized(self) -> None:
        name = self.make_name()
        self.lanyard("add", "--name", name, "--provider", "demo")
        for method in ("GetAccessToken", "GetHeaders", "SignRequest", "Refresh"):
            with self.subTest(method), self.fails("NotAuthorized", name):
                self.client.call(method, name, *METHODS[method])

    def test_removed(self) -> None:
        name = self.add_key()
        self.client.call("GetAccessToken", name)
        self.lanyard("remove", name)
        with self.fails("NotFound", name):
            self.client.call("GetAccessToken", name)

    def test_provider_down(self) -> None:
        name = self.sign_in(1)
        self.provider.script({"match": "^POST /token", "kind": "status", "code": 503})
        with self.fails("Unavailable", name):
            self.client.call("GetAccessToken", name, min_valid=60)
        # A transient failure signs nobody out.
        self.assertEqual(self.show(name)["status"], "authorized")

    def test_refused(self) -> None:
        name = self.sign_in(1)
        self.provider.script(
            {"match": "^POST /token", "kind": "body", "code": 400,
             "text": '{"error": "invalid_grant"}'}
        )
        with self.fails("NotAuthorized", name):
            self.client.call("GetAccessToken", name)
        self.assertEqual(self.show(name)["status"], "refused")


class MethodTest(ServiceCase):
    """What every method does."""

    def test_version(self) -> None:
        self.assertRegex(self.client.get_properties(ROOT, SERVICE)["Version"], r"^\d+\.\d+")

    def test_key(self) -> None:
        name = self.add_key("key: &+/%")
        self.assertEqual(self.client.call("GetAccessToken", name), ("key: &+/%", "", 0))

    def test_by_id(self) -> None:
        name = self.add_key("key-by-id")
        identifier = self.show(name)["id"]
        for text in (identifier, identifier.upper(), identifier[:8], name.upper()):
            with self.subTest(text):
                self.assertEqual(self.client.call("GetAccessToken", text)[0], "key-by-id")

    def test_by_a_name_that_moves(self) -> None:
        # What a name meant a moment ago is not what it means.
        name, other = self.add_key("first-key"), self.add_key("second-key")
        start = self.show(other)["id"][:13]
        for called, key in ((name, "first-key"), (name.upper(), "first-key"), (start, "second-key")):
            for _time in range(2):
                self.assertEqual(self.client.call("GetAccessToken", called)[0], key)
        self.lanyard("set", name, "--name", name + " (old)")
        for called in (name, name.upper()):
            with self.fails("NotFound"):
                self.client.call("GetAccessToken", called)
        self.lanyard("set", other, "--name", name)
        self.assertEqual(self.client.call("GetAccessToken", name)[0], "second-key")
        self.lanyard("deactivate", name)
        for called in (name, start):
            with self.fails("Inactive"):
                self.client.call("GetAccessToken", called)
        self.lanyard("remove", name)
        for called in (name, start):
            with self.fails("NotFound"):
                self.client.call("GetAccessToken", called)

    def test_by_a_name_that_another_has_too(self) -> None:
        # The beginning of an id is good for as long as it is the only one.
        first, second = self.add_key("first-key"), self.add_key()
        self.change_row(first, id="bbbbbbbb-0000-4000-8000-000000000001")
        with self.fails("NotAuthorized"):
            self.client.call("GetAccessToken", "bbbbbbbb")
        self.change_row(second, id="bbbbbbbb-0000-4000-8000-000000000002")
        with self.fails("Ambiguous", first, second):
            self.client.call("GetAccessToken", "bbbbbbbb")

    def test_token(self) -> None:
        name = self.sign_in()
        token, token_type, expires_at = self.client.call("GetAccessToken", name)
        self.assertEqual(token, self.read_keyring(name)["access_token"])
        self.assertEqual(token_type, "Bearer")
        self.assertEqual(expires_at, self.show(name)["expires_at"])

    def test_from_memory(self) -> None:
        name = self.sign_in()
        first = self.client.call("GetAccessToken", name)
        # Neither the keyring nor the provider is there any more.
        self.session.stop_keyring()
        self.addCleanup(self.session.restart_keyring)
        self.assertEqual(self.client.call("GetAccessToken", name), first)
        self.assertEqual(
            self.client.call("GetHeaders", name, "", ""), [("Authorization", f"Bearer {first[0]}")]
        )
        self.assertEqual(self.count_tokens(), 0)

    def test_signed_in_again(self) -> None:
        name = self.sign_in()
        before = self.client.call("GetAccessToken", name)
        self.sign_in(name=name)
        after = self.client.call("GetAccessToken", name)
        self.assertNotEqual(before[0], after[0])
        self.assertEqual(after[0], self.read_keyring(name)["access_token"])

    def test_key_changed(self) -> None:
        name = self.add_key("first-key")
        self.client.call("GetAccessToken", name)
        self.lanyard("set", name, "--secret", "api_key", text="second-key\n")
        self.assertEqual(self.client.call("GetAccessToken", name)[0], "second-key")

    def test_min_valid(self) -> None:
        name = self.sign_in()
        first = self.client.call("GetAccessToken", name, min_valid=60)
        self.assertEqual(self.count_tokens(), 0)
        second = self.client.call("GetAccessToken", name, min_valid=4000)
        self.assertNotEqual(first[0], second[0])
        self.assertEqual(self.count_tokens(), 1)

    def test_expired(self) -> None:
        name = self.sign_in(1)
        token, _type, expires_at = self.client.call("GetAccessToken", name)
        self.assertEqual(self.count_tokens(), 1)
        self.assertEqual(token, self.read_keyring(name)["access_token"])
        self.assertEqual(self.client.call("GetAccessToken", name), (token, "Bearer", expires_at))
        self.assertEqual(self.count_tokens(), 1)

    def test_headers(self) -> None:
        name = self.add_key("header-key")
        self.lanyard("set", name, "--set", "placement=header:X-Api-Key")
        self.assertEqual(
            self.client.call("GetHeaders", name, "", ""), [("X-Api-Key", "header-key")]
        )
        self.lanyard("set", name, "--set", "placement=query:key")
        with self.fails("Invalid", name):
            self.client.call("GetHeaders", name, "GET", "https://api.example.org/")

    def test_sign(self) -> None:
        name = self.add_key("query-key")
        self.lanyard("set", name, "--set", "placement=query:key")
        sent = [("Content-Type", "text/plain"), ("X-Mine", "1")]
        uri, headers, body = self.client.call(
            "SignRequest", name, "POST", "https://api.example.org/a?b=c", sent, b"\0\xffbody"
        )
        self.assertEqual(uri, "https://api.example.org/a?b=c&key=query-key")
        self.assertEqual(headers, sent)
        self.assertEqual(bytes(body), b"\0\xffbody")

    def test_sign_nonsense(self) -> None:
        name = self.add_key()
        good = ("GET", "https://api.example.org/", [], b"")
        cases = [
            ("", *good[1:]),
            ("GET /\r\nX: y", *good[1:]),
            ("GET", "", [], b""),
            ("GET", "file:///etc/passwd", [], b""),
            ("GET", "http://api.example.org/", [], b""),
            (*good[:2], [("X-Mine", "a\r\nX-Forged: b")], b""),
            (*good[:2], [("X Mine", "a")], b""),
            (*good[:2], [("", "a")], b""),
        ]
        for case in cases:
            with self.subTest(str(case)[:80]), self.fails("Invalid"):
                self.client.call("SignRequest", name, *case)

    def test_sign_huge(self) -> None:
        body = GLib.Bytes.new(b"x" * (8 * 1024 * 1024 + 1))
        parameters = GLib.Variant.new_tuple(
            GLib.Variant("s", self.add_key()),
            GLib.Variant("s", "POST"),
            GLib.Variant("s", "https://api.example.org/"),
            GLib.Variant("a(ss)", []),
            GLib.Variant.new_from_bytes(GLib.VariantType("ay"), body, True),
            GLib.Variant("a{sv}", {}),
        )
        with self.fails("Invalid"):
            self.client.call_object(NAME, ROOT, SERVICE, "SignRequest", parameters)

    def test_oauth1(self) -> None:
        name = self.make_name()
        self.lanyard(
            "add", "--name", name, "--type", "oauth1", "--set", "consumer_key=ck",
            "--secret", "consumer_secret", "--secret", "token", "--secret", "token_secret",
            text="cs\nplanted-token\nts\n",
        )
        self.change_row(name, status="authorized")
        with self.fails("Invalid", name):
            self.client.call("GetHeaders", name, "", "")
        ((field, value),) = self.client.call(
            "GetHeaders", name, "GET", "https://api.example.org/1?a=b"
        )
        self.assertEqual(field, "Authorization")
        self.assertIn("oauth_signature=", value)
        _uri, headers, _body = self.client.call(
            "SignRequest", name, "GET", "https://api.example.org/1?a=b", [], b""
        )
        self.assertIn("oauth_signature=", dict(headers)["Authorization"])

    def test_test(self) -> None:
        name = self.sign_in()
        self.assertIsInstance(self.client.call("Test", name), str)
        self.assertEqual(len(self.provider.requests("/userinfo")), 1)

    def test_refresh(self) -> None:
        name = self.sign_in()
        before = self.client.call("GetAccessToken", name)
        expires_at = self.client.call("Refresh", name)
        after = self.client.call("GetAccessToken", name)
        self.assertNotEqual(before[0], after[0])
        self.assertEqual(expires_at, after[2])
        self.assertEqual(self.count_tokens(), 1)

    def test_revoke(self) -> None:
        name = self.sign_in()
        self.client.call("GetAccessToken", name)
        self.client.call("Revoke", name)
        self.assertEqual(self.show(name)["status"], "revoked")
        with self.fails("NotAuthorized", name):
            self.client.call("GetAccessToken", name)

    def test_request_authorization(self) -> None:
        name = self.add_key()
        with FakePerson(self.session) as person:
            self.client.call("RequestAuthorization", name)
            self.assertEqual(person.calls, [("Authorize", self.show(name)["id"])])
            person.error = ERROR + "Cancelled"
            with self.fails("Cancelled"):
                self.client.call("RequestAuthorization", name)
        with self.fails("Failed", name):
            self.client.call("RequestAuthorization", name)

    def test_locked_keyring(self) -> None:
        name = self.add_key()
        self.session.lock_keyring()
        try:
            with self.fails("KeyringLocked", name):
                self.client.call("GetAccessToken", name)
        finally:
            self.session.stop_keyring()
            self.session.restart_keyring()
        self.client.call("GetAccessToken", name)


class BareTest(ServiceCase):
    """What is not ours."""

    def test_nothing_else(self) -> None:
        (xml,) = self.client.call_object(
            NAME, ROOT, "org.freedesktop.DBus.Introspectable", "Introspect"
        )
        for interface in (SERVICE, "org.freedesktop.DBus.ObjectManager"):
            self.assertIn(f'"{interface}"', xml)
        for word in ("org.gtk", "Application", "Entry"):
            self.assertNotIn(word, xml)


if __name__ == "__main__":
    main()
