#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""An authorization from an issuer's address alone, at a server whose metadata is not ours."""

from __future__ import annotations

from harness import EXIT_FAILED, EXIT_USAGE, REDIRECT_URI, DesktopCase, main, run_servers


class GlewlwydCase(DesktopCase):
    """glewlwyd: an issuer with a path, whose metadata lies behind it as OpenID Connect has it."""

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.base = cls.enterClassContext(run_servers("glewlwyd"))["glewlwyd"]
        cls.issuer = cls.base + "/api/oidc"

    def add(self, issuer: str, **settings: str) -> str:
        """What a person gives: the address of an issuer and a client."""
        name = self.make_name()
        fields = {"client_id": "native", "redirect_uri": REDIRECT_URI, **settings}
        options = [f"--set={field}={value}" for field, value in fields.items()]
        self.desktop.do(
            "add", "--name", name, "--issuer", issuer, "--scope", "files:read", *options
        )
        return name

    def test_wrong_path(self) -> None:
        name = self.add(self.base + "/api/nothing")
        self.assert_fails(self.desktop.authorize(name), EXIT_FAILED, name, "/api/nothing")
        self.assert_status(name, "new")

    def test_other_spelling(self) -> None:
        # The same document is there, but it is not the issuer's who was asked.
        name = self.add(self.issuer + "/")
        self.assert_fails(self.desktop.authorize(name), EXIT_FAILED, name, self.issuer)
        self.assert_status(name, "new")

    def test_with_a_provider(self) -> None:
        result = self.desktop.run(
            "add", "--name", "Both", "--issuer", self.issuer, "--provider", "github"
        )
        self.assert_fails(result, EXIT_USAGE)

    def test_sign_in_and_renew(self) -> None:
        name = self.add(self.issuer)
        self.desktop.sign_in(name)
        token = self.desktop.get_token(name)
        self.desktop.do("refresh", name)
        self.assertNotEqual(self.desktop.get_token(name), token)

    def test_explicit_fields(self) -> None:
        # A field of the person's own wins: here it leads nowhere.
        name = self.add(self.issuer, token_endpoint=self.base + "/api/nothing/token")
        self.assertNotEqual(self.desktop.authorize(name).code, 0)
        self.assert_status(name, "new")

    def test_settings_stay(self) -> None:
        name = self.add(self.issuer)
        self.desktop.sign_in(name)
        self.assertNotIn("token_endpoint", self.desktop.show(name)["settings"])


if __name__ == "__main__":
    main()
