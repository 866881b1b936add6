#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives a fresh glewlwyd its scopes, issuers, clients and people.   usage: setup.py BASE_URL

Everything goes through its own administration API, so that no knowledge of its database is
needed and another version still works.
"""

from __future__ import annotations

import http.cookiejar
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import Any, Optional

BASE = sys.argv[1]
ACCESS_TOKEN_LIFETIME = int(os.environ.get("AT_TTL", "5"))
REDIRECT_PORTS = os.environ.get("REDIRECT_PORTS", "8765,18765").split(",")
REDIRECT_URIS = [
    f"http://{host}:{port}/callback"
    for port in REDIRECT_PORTS
    for host in ("127.0.0.1", "localhost")
] + ["com.example.app:/callback"]
SCOPES = {"files:read": "Read your files", "files:write": "Change your files"}
PEOPLE = (
    ("ada", "Lovelace-1815", "Ada Lovelace"),
    ("björn", "pässwörd & 100%", "Björn Ünïcode"),
)

cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
opener = urllib.request.build_opener(cookies)


def call(method: str, path: str, body: dict[str, Any]) -> None:
    """One request to the administration API; anything but success ends the set-up."""
    request = urllib.request.Request(
        BASE + "/api" + path,
        method=method,
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    try:
        opener.open(request, timeout=10).close()
    except urllib.error.HTTPError as error:
        sys.exit(f"{method} {path}: {error.code} {error.read().decode()}")


def wait_for_server() -> None:
    """Until it answers, ten seconds at most."""
    deadline = time.monotonic() + 10
    while True:
        try:
            opener.open(BASE + "/config", timeout=2).close()
            return
        except (urllib.error.URLError, ConnectionError) as error:
            if time.monotonic() > deadline:
                sys.exit(f"glewlwyd did not start: {error}")
            time.sleep(0.05)


def run_openssl(*arguments: str, text: str = "") -> str:
    """What openssl prints."""
    command = ["openssl", *arguments]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def add_scopes() -> None:
    """Scopes that a person grants on the consent page, with the password and nothing more."""
    plain = {"password_required": True, "password_max_age": 0, "scheme": {}}
    for name, text in SCOPES.items():
        call("POST", "/scope/", {"name": name, "display_name": name, "description": text, **plain})
    call("PUT", "/scope/openid", {"display_name": "Open ID", "description": "Sign you in", **plain})


def add_issuer(name: str, private_key: str, public_key: str, **changes: Any) -> None:
    """One issuer (glewlwyd calls it a plugin instance) at BASE/api/NAME."""
    parameters = {
        "iss": f"{BASE}/api/{name}",
        "jwt-type": "rsa",
        "jwt-key-size": "256",
        "key": private_key,
        "cert": public_key,
        "jwks-show": True,
        "access-token-duration": ACCESS_TOKEN_LIFETIME,
        "refresh-token-duration": 1209600,
        "refresh-token-rolling": False,
        "refresh-token-one-use": "always",
        "code-duration": 60,
        "allow-non-oidc": True,
        "auth-type-code-enabled": True,
        "auth-type-code-revoke-replayed": True,
        "auth-type-token-enabled": False,
        "auth-type-id-token-enabled": True,
        "auth-type-none-enabled": False,
        "auth-type-password-enabled": True,
        "auth-type-client-enabled": True,
        "auth-type-device-enabled": True,
        "auth-type-refresh-enabled": True,
        "device-authorization-expiration": 120,
        "device-authorization-interval": 2,
        "allowed-scope": ["openid", *SCOPES],
        "subject-type": "public",
        "oauth-as-iss-id": True,
        "pkce-allowed": True,
        "pkce-method-plain-allowed": False,
        "pkce-required": True,
        "introspection-revocation-allowed": True,
        "introspection-revocation-allow-target-client": True,
        "register-client-allowed": True,
        "register-client-auth-scope": [],
        "register-client-credentials-scope": [],
        "register-client-management-allowed": True,
        "session-management-allowed": True,
        "session-cookie-name": f"GLWD_SID_{name}",
        "session-cookie-expiration": 3600,
        "oauth-par-allowed": True,
        "oauth-par-required": False,
        "oauth-par-duration": 30,
        "oauth-par-request_uri-prefix": "urn:ietf:params:oauth:request_uri:",
        "oauth-dpop-allowed": True,
        "oauth-dpop-iat-duration": 30,
        "oauth-dpop-iat-gap-duration": 5,
        "oauth-dpop-dpop_bound_access_tokens-property": "dpop_bound",
        "name-claim": "on-demand",
        "name-claim-scope": ["openid"],
        "email-claim": "on-demand",
        "email-claim-scope": ["openid"],
        "resource-allowed": False,
        "oauth-rar-allowed": False,
        "oauth-ciba-allowed": False,
        "request-parameter-allow": True,
        "request-maximum-exp": 600,
        "client-jwks-parameter": "jwks",
        "client-jwks_uri-parameter": "jwks_uri",
        "client-pubkey-parameter": "pubkey",
        **changes,
    }
    issuer = {"module": "oidc", "name": name, "display_name": name, "parameters": parameters}
    call("POST", "/mod/plugin/", issuer)


def add_issuers() -> None:
    """A lenient issuer, two strict ones, and one whose refresh tokens end while one waits.

    PAR and DPoP nonces are required by different issuers: to a DPoP proof without a nonce, the
    PAR endpoint answers invalid_dpop_proof and gives no nonce, which no client could satisfy.
    """
    private_key = run_openssl("genrsa", "2048")
    public_key = run_openssl("rsa", "-pubout", text=private_key)
    add_issuer("oidc", private_key, public_key)
    add_issuer("par", private_key, public_key, **{"oauth-par-required": True})
    nonce = {"oauth-dpop-nonce-mandatory": True, "oauth-dpop-nonce-counter": 3}
    add_issuer("nonce", private_key, public_key, **nonce)
    add_issuer("short", private_key, public_key, **{"refresh-token-duration": 2})


def add_client(
    client_id: str,
    grants: tuple[str, ...],
    secret: Optional[str] = None,
    method: str = "",
    **more: Any,
) -> None:
    """A client; with a secret it is confidential and proves itself by that method."""
    client = {
        "client_id": client_id,
        "name": client_id,
        "enabled": True,
        "confidential": secret is not None,
        "authorization_type": list(grants),
        "redirect_uri": REDIRECT_URIS,
        "scope": ["files:read"] if secret else [],
        "source": "database",
        **more,
    }
    if secret is not None:
        client.update({"client_secret": secret, "token_endpoint_auth_method": [method]})
    call("POST", "/client/", client)


def add_clients() -> None:
    """One client for each way to prove oneself; the README lists them."""
    code = ("code", "refresh_token")
    add_client("native", (*code, "device_authorization"))
    add_client("native-dpop", (*code, "device_authorization"), dpop_bound="1")
    add_client(
        "web-basic",
        (*code, "client_credentials", "device_authorization", "password"),
        "basic-s3cret.glwd",
        "client_secret_basic",
        scope=list(SCOPES),
    )
    add_client(
        "web-raw", (*code, "client_credentials"), "raw-secret:+/%", "client_secret_basic"
    )
    add_client(
        "web-post", (*code, "client_credentials", "password"), "post-secret", "client_secret_post"
    )
    add_client(
        "web-jwt",
        (*code, "client_credentials"),
        "jwt-secret-jwt-secret-jwt-secret-0",
        "client_secret_jwt",
    )


def add_people() -> None:
    """The people who can sign in."""
    for username, password, name in PEOPLE:
        person = {
            "username": username,
            "password": password,
            "name": name,
            "email": "user@example.org",
            "enabled": True,
            "scope": ["openid", *SCOPES, "g_profile"],
        }
        call("POST", "/user/", person)


def main() -> None:
    """All of it, as the administrator that every fresh glewlwyd has."""
    wait_for_server()
    call("POST", "/auth/", {"username": "admin", "password": "password"})
    add_scopes()
    add_issuers()
    add_clients()
    add_people()


if __name__ == "__main__":
    main()
