# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What oauthlib asks about clients, tokens and people; the signatures it checks itself."""

from __future__ import annotations

import os
import secrets
import time
from typing import Any, Iterable, Optional

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from oauthlib.common import Request
from oauthlib.oauth1 import RequestValidator

SKEW = int(os.environ.get("SKEW", "300"))
REQUEST_TOKEN_LIFETIME = 600
REALMS = ["files", "mail"]

_rsa_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
RSA_PRIVATE_KEY = _rsa_key.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
).decode()
RSA_PUBLIC_KEY = (
    _rsa_key.public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    .decode()
)

USERS = {"ada": "Lovelace-1815", "björn": "pässwörd & 100%"}
CLIENTS: dict[str, dict[str, Any]] = {
    "ck-desktop": {
        "name": "Desktop App",
        "secret": "cs-desktop&+ %/é",
        "methods": ("HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"),
        "callbacks": ("http://127.0.0.1", "http://localhost", "com.example.app:", "oob"),
    },
    "ck-plain": {
        "name": "Plain App",
        "secret": "cs-plain",
        "methods": ("PLAINTEXT",),
        "callbacks": ("http://127.0.0.1", "oob"),
    },
    "ck-rsa": {
        "name": "RSA App",
        "secret": "",
        "rsa": RSA_PUBLIC_KEY,
        "methods": ("RSA-SHA1", "RSA-SHA256", "RSA-SHA512"),
        "callbacks": ("http://127.0.0.1", "oob"),
    },
}


class Validator(RequestValidator):
    """Clients, request tokens, access tokens and nonces, all in memory.

    The argument lists are oauthlib's. For unknown clients and tokens it wants a dummy, so that
    the time that an answer takes does not tell whether they exist.
    """

    enforce_ssl = False
    client_key_length = (1, 100)
    nonce_length = (6, 128)
    request_token_length = access_token_length = verifier_length = (6, 60)
    timestamp_lifetime = SKEW
    safe_characters = RequestValidator().safe_characters | set("-._~")
    realms = REALMS
    dummy_client = "ck-dummy"
    dummy_request_token = "dummy-request"
    dummy_access_token = "dummy-access"

    def __init__(self) -> None:
        super().__init__()
        self.request_tokens: dict[str, dict[str, Any]] = {}
        self.access_tokens: dict[str, dict[str, Any]] = {}
        self._nonces: set[tuple[Optional[str], ...]] = set()

    # Clients

    def get_client_secret(self, client_key: str, request: Request) -> str:
        return CLIENTS.get(client_key, {}).get("secret", "dummy-secret")

    def get_rsa_key(self, client_key: str, request: Request) -> str:
        return CLIENTS.get(client_key, {}).get("rsa", RSA_PUBLIC_KEY)

    def validate_client_key(self, client_key: str, request: Request) -> bool:
        client = CLIENTS.get(client_key)
        return client is not None and request.signature_method in client["methods"]

    def validate_redirect_uri(self, client_key: str, redirect_uri: str, request: Request) -> bool:
        return any(
            redirect_uri == callback
            or (callback.endswith(":") and redirect_uri.startswith(callback))
            or redirect_uri.startswith((callback + "/", callback + ":"))
            for callback in CLIENTS.get(client_key, {}).get("callbacks", ())
        )

    # Temporary credentials

    def get_request_token_secret(self, client_key: str, token: str, request: Request) -> str:
        return self.request_tokens.get(token, {}).get("oauth_token_secret", "dummy")

    def validate_request_token(self, client_key: str, token: str, request: Request) -> bool:
        known = self.request_tokens.get(token)
        return (
            known is not None
            and known["client"] == client_key
            and not known.get("used")
            and time.time() - known["issued"] < REQUEST_TOKEN_LIFETIME
        )

    def verify_request_token(self, token: str, request: Request) -> bool:
        return token in self.request_tokens and not self.request_tokens[token].get("used")

    def get_redirect_uri(self, token: str, request: Request) -> str:
        return self.request_tokens[token]["callback"]

    def validate_verifier(
        self, client_key: str, token: str, verifier: str, request: Request
    ) -> bool:
        expected = self.request_tokens.get(token, {}).get("verifier")
        return bool(expected) and secrets.compare_digest(expected, verifier or "")

    def save_request_token(self, token: dict[str, str], request: Request) -> None:
        self.request_tokens[token["oauth_token"]] = {
            **token,
            "client": request.client_key,
            "callback": request.redirect_uri,
            "realms": request.realms,
            "issued": time.time(),
        }

    def save_verifier(self, token: str, verifier: dict[str, str], request: Request) -> None:
        self.request_tokens[token]["verifier"] = verifier["oauth_verifier"]

    def invalidate_request_token(
        self, client_key: str, request_token: str, request: Request
    ) -> None:
        self.request_tokens[request_token]["used"] = True

    # Token credentials

    def get_access_token_secret(self, client_key: str, token: str, request: Request) -> str:
        return self.access_tokens.get(token, {}).get("oauth_token_secret", "dummy")

    def validate_access_token(self, client_key: str, token: str, request: Request) -> bool:
        return self.access_tokens.get(token, {}).get("client") == client_key

    def save_access_token(self, token: dict[str, str], request: Request) -> None:
        allowed = self.request_tokens[request.resource_owner_key]
        self.access_tokens[token["oauth_token"]] = {
            **token,
            "client": request.client_key,
            "user": allowed["user"],
            "realms": allowed["realms"],
        }

    # Freshness

    def validate_timestamp_and_nonce(
        self,
        client_key: str,
        timestamp: str,
        nonce: str,
        request: Request,
        request_token: Optional[str] = None,
        access_token: Optional[str] = None,
    ) -> bool:
        key = (client_key, timestamp, nonce, request_token, access_token)
        if key in self._nonces:
            request.validator_log["nonce"] = False
            return False
        self._nonces.add(key)
        return True

    # Realms

    def get_default_realms(self, client_key: str, request: Request) -> list[str]:
        return ["files"]

    def get_realms(self, token: str, request: Request) -> list[str]:
        return self.request_tokens[token]["realms"]

    def validate_requested_realms(
        self, client_key: str, realms: Iterable[str], request: Request
    ) -> bool:
        return all(realm in self.realms for realm in realms)

    def verify_realms(self, token: str, realms: Iterable[str], request: Request) -> bool:
        return all(realm in self.request_tokens[token]["realms"] for realm in realms)

    def validate_realms(
        self,
        client_key: str,
        token: str,
        request: Request,
        uri: Optional[str] = None,
        realms: Optional[Iterable[str]] = None,
    ) -> bool:
        allowed = self.access_tokens.get(token, {}).get("realms", [])
        return all(realm in allowed for realm in realms or [])
