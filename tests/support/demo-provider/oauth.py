# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The authorization server proper: clients, codes, grants and tokens, without any page.

Follows RFC 6749 with what RFC 9700 made of it: PKCE with S256 only (RFC 7636), codes and
refresh tokens that work once, the issuer in the answer (RFC 9207), revocation (RFC 7009)
and introspection (RFC 7662). Everything lives in memory and is forgotten at the end: the
provider runs for the length of a demonstration or of a test.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Optional
from urllib.parse import unquote_plus, urlsplit

from exchange import Parameters, Request

CODE_LIFETIME = 60
PRIVATE_REDIRECT_URI = "io.github.lanyard.lanyard:/callback"
LOOPBACK_HOSTS = ("127.0.0.1", "::1", "localhost")
DEFAULT_SCOPE = "profile"

# In plain words, because the consent page is read by people.
SCOPES = {
    "profile": "See your name",
    "email": "See your e-mail address",
    "notes.read": "Read your notes",
    "notes.write": "Add notes of your own",
    "offline_access": "Keep this access while you are away",
}


@dataclass(frozen=True)
class User:
    """A person who can sign in."""

    username: str
    password: str
    name: str
    email: str


@dataclass(frozen=True)
class Client:
    """A registered application; `basic_raw` is the common deviation from section 2.3.1."""

    client_id: str
    name: str
    secret: Optional[str] = None
    methods: tuple[str, ...] = ("none",)
    basic_raw: bool = False


USERS = {
    user.username: user
    for user in (
        User("demo", "demo", "Demo Person", "demo@example.org"),
        User("ada", "Lovelace-1815", "Ada Lovelace", "ada@example.org"),
        User("björn", "pässwörd & 100%", "Björn Ünïcode", "bjorn@example.org"),
    )
}
CLIENTS = {
    client.client_id: client
    for client in (
        Client("demo-app", "Lanyard"),
        Client(
            "demo-web",
            "Demo Web",
            "demo-s3cret: &+/%",
            ("client_secret_basic", "client_secret_post"),
        ),
        Client("demo-raw", "Demo Raw", "raw:+/%", ("client_secret_basic",), basic_raw=True),
    )
}


class OAuthError(Exception):
    """An error in the words of RFC 6749 sections 4.1.2.1 and 5.2 or RFC 6750 section 3.1."""

    def __init__(self, error: str, description: str = "", status: int = 400) -> None:
        super().__init__(error, description)
        self.error = error
        # Section 5.2 allows neither quotes nor anything beyond ASCII, and we quote the client.
        self.description = re.sub(r"[^ !#-\[\]-~]", "?", description)
        self.status = status


class UnsafeRedirect(Exception):
    """The client or its redirect URI is not known: the browser must not be sent there."""


@dataclass(frozen=True)
class AuthorizationRequest:
    """An authorization request that passed every check."""

    client: Client
    redirect_uri: str
    state: Optional[str]
    scopes: tuple[str, ...]
    code_challenge: str
    prompt: frozenset[str]
    login_hint: str


@dataclass
class Grant:
    """What one person allowed one client in one consent; the end of it ends all its tokens."""

    client_id: str
    username: str
    scopes: tuple[str, ...]
    revoked: bool = False


@dataclass
class Code:
    """An authorization code."""

    grant: Grant
    redirect_uri: str
    code_challenge: str
    expires: float
    used: bool = False


@dataclass
class Token:
    """An access token, or a refresh token when `expires` is None."""

    grant: Grant
    scopes: tuple[str, ...]
    issued: float = field(default_factory=time.time)
    expires: Optional[float] = None
    ended: bool = False

    @property
    def is_active(self) -> bool:
        """Whether the token is worth anything now."""
        in_time = self.expires is None or time.time() < self.expires
        return in_time and not self.ended and not self.grant.revoked


class AuthorizationServer:
    """Issues, renews, checks and takes back tokens. One lock: every method is one step."""

    def __init__(self, issuer: str, token_lifetime: int) -> None:
        self.issuer = issuer
        self.token_lifetime = token_lifetime
        self._lock = threading.Lock()
        self._codes: dict[str, Code] = {}
        self._access: dict[str, Token] = {}
        self._refresh: dict[str, Token] = {}

    def get_metadata(self) -> dict[str, Any]:
        """The document of RFC 8414 section 2."""
        confidential = ["client_secret_basic", "client_secret_post"]
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "revocation_endpoint": f"{self.issuer}/revoke",
            "introspection_endpoint": f"{self.issuer}/introspect",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "service_documentation": f"{self.issuer}/",
            "scopes_supported": list(SCOPES),
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code", "refresh_token"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["none", *confidential],
            "revocation_endpoint_auth_methods_supported": ["none", *confidential],
            "introspection_endpoint_auth_methods_supported": confidential,
            "authorization_response_iss_parameter_supported": True,
        }

    def issue_code(
        self, request: AuthorizationRequest, username: str, scopes: tuple[str, ...]
    ) -> str:
        """Make the code for what the person allowed."""
        code = secrets.token_urlsafe(24)
        grant = Grant(request.client.client_id, username, scopes)
        with self._lock:
            self._codes[code] = Code(
                grant, request.redirect_uri, request.code_challenge, time.time() + CODE_LIFETIME
            )
        return code

    def answer_token_request(self, request: Request) -> dict[str, Any]:
        """The token endpoint (RFC 6749 section 3.2)."""
        form = read_form(request)
        client = authenticate_client(request, form)
        grant_type = form.get("grant_type")
        if grant_type is None:
            raise OAuthError("invalid_request", "grant_type is missing")
        with self._lock:
            if grant_type == "authorization_code":
                return self._exchange_code(client, form)
            if grant_type == "refresh_token":
                return self._refresh_tokens(client, form)
        raise OAuthError("unsupported_grant_type", "Only codes and refresh tokens work here")

    def revoke(self, request: Request) -> None:
        """RFC 7009: an unknown token is no error, another client's token is one."""
        form = read_form(request)
        client = authenticate_client(request, form)
        value = form.get("token")
        if value is None:
            raise OAuthError("invalid_request", "token is missing")
        with self._lock:
            token = self._access.get(value) or self._refresh.get(value)
            if token is None:
                return
            if token.grant.client_id != client.client_id:
                raise OAuthError("invalid_grant", "The token belongs to another client")
            if value in self._refresh:
                token.grant.revoked = True
            else:
                token.ended = True

    def introspect(self, request: Request) -> dict[str, Any]:
        """RFC 7662, for clients with a secret: they stand for the protected resources."""
        form = read_form(request)
        client = authenticate_client(request, form)
        if client.secret is None:
            raise OAuthError("invalid_client", "Only clients with a secret may look", 401)
        value = form.get("token")
        if value is None:
            raise OAuthError("invalid_request", "token is missing")
        with self._lock:
            token = self._access.get(value) or self._refresh.get(value)
            if token is None or not token.is_active:
                return {"active": False}
            answer = {
                "active": True,
                "iss": self.issuer,
                "sub": make_subject(token.grant.username),
                "username": token.grant.username,
                "client_id": token.grant.client_id,
                "scope": " ".join(token.scopes),
                "iat": int(token.issued),
            }
            if token.expires is not None:
                answer.update({"token_type": "Bearer", "exp": int(token.expires)})
            return answer

    def check_bearer(self, request: Request, scope: Optional[str] = None) -> Token:
        """Find the access token of an API request (RFC 6750); OAuthError with 401 or 403."""
        scheme, _, value = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            # Section 3.1: without credentials, the challenge carries no error code.
            raise OAuthError("", "Sign in first", 401)
        with self._lock:
            token = self._access.get(value.strip())
            if token is None or not token.is_active:
                raise OAuthError("invalid_token", "The access token is no longer valid", 401)
            if scope is not None and scope not in token.scopes:
                raise OAuthError("insufficient_scope", f"This needs the scope {scope}", 403)
            return token

    def expire_access_tokens(self) -> int:
        """End every access token now, refresh tokens excepted; the number that was active."""
        with self._lock:
            active = [token for token in self._access.values() if token.is_active]
            for token in active:
                token.expires = 0.0
            return len(active)

    def _exchange_code(self, client: Client, form: Parameters) -> dict[str, Any]:
        """RFC 6749 section 4.1.3 and RFC 7636 section 4.6; the caller holds the lock."""
        value, verifier = form.get("code"), form.get("code_verifier")
        if value is None or verifier is None:
            raise OAuthError("invalid_request", "code or code_verifier is missing")
        code = self._codes.get(value)
        if code is None or code.grant.client_id != client.client_id:
            raise OAuthError("invalid_grant", "The code is not known")
        if code.used:
            # Section 4.1.2: somebody else may have used it, so its tokens end too.
            code.grant.revoked = True
            raise OAuthError("invalid_grant", "The code was used before")
        code.used = True
        if time.time() > code.expires:
            raise OAuthError("invalid_grant", "The code has expired")
        if form.get("redirect_uri") != code.redirect_uri:
            raise OAuthError("invalid_grant", "redirect_uri is not that of the request")
        if not hmac.compare_digest(make_challenge(verifier), code.code_challenge):
            raise OAuthError("invalid_grant", "code_verifier does not fit")
        return self._issue_tokens(code.grant, code.grant.scopes)

    def _refresh_tokens(self, client: Client, form: Parameters) -> dict[str, Any]:
        """RFC 6749 section 6 with rotation; the caller holds the lock."""
        value = form.get("refresh_token")
        if value is None:
            raise OAuthError("invalid_request", "refresh_token is missing")
        token = self._refresh.get(value)
        if token is None or token.grant.client_id != client.client_id or token.grant.revoked:
            raise OAuthError("invalid_grant", "The refresh token is not valid")
        if token.ended:
            # RFC 9700 section 4.14.2: two hold the same token, one of them stole it.
            token.grant.revoked = True
            raise OAuthError("invalid_grant", "The refresh token was used before")
        scopes = tuple((form.get("scope") or " ".join(token.scopes)).split())
        if not set(scopes) <= set(token.scopes):
            raise OAuthError("invalid_scope", "More than what was granted")
        token.ended = True
        return self._issue_tokens(token.grant, scopes)

    def _issue_tokens(self, grant: Grant, scopes: tuple[str, ...]) -> dict[str, Any]:
        """RFC 6749 section 5.1; a refresh token keeps the full scope of the grant."""
        access = "demo-at-" + secrets.token_urlsafe(24)
        self._access[access] = Token(grant, scopes, expires=time.time() + self.token_lifetime)
        answer = {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": self.token_lifetime,
            "scope": " ".join(scopes),
        }
        if "offline_access" in grant.scopes:
            answer["refresh_token"] = "demo-rt-" + secrets.token_urlsafe(24)
            self._refresh[answer["refresh_token"]] = Token(grant, grant.scopes)
        return answer


def make_subject(username: str) -> str:
    """An identifier that stays the same and is not the name, as real providers have it."""
    return hashlib.sha256(username.encode("utf-8")).hexdigest()[:16]


def make_challenge(verifier: str) -> str:
    """S256 of RFC 7636 section 4.2."""
    digest = hashlib.sha256(verifier.encode("utf-8")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def is_redirect_uri(uri: str) -> bool:
    """Any port and path on loopback (RFC 8252 section 7.3), or the private scheme."""
    if uri == PRIVATE_REDIRECT_URI:
        return True
    # urlsplit() silently drops line breaks, and browsers read a backslash as a slash.
    if not re.fullmatch(r"[!-\[\]-~]+", uri) or "#" in uri:
        return False
    try:
        parts = urlsplit(uri)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS and "@" not in parts.netloc


def find_redirect(query: Parameters) -> tuple[Client, str]:
    """Who asks and where the answer may go; UnsafeRedirect when that is not certain."""
    if len(query.get_all("client_id")) > 1 or len(query.get_all("redirect_uri")) > 1:
        raise UnsafeRedirect("client_id or redirect_uri is repeated")
    client = CLIENTS.get(query.get("client_id") or "")
    if client is None:
        raise UnsafeRedirect("The client_id is not registered here")
    redirect_uri = query.get("redirect_uri")
    if redirect_uri is None or not is_redirect_uri(redirect_uri):
        raise UnsafeRedirect("The redirect_uri is not one that this client may use")
    return client, redirect_uri


def check_authorization_request(query: Parameters) -> AuthorizationRequest:
    """RFC 6749 section 4.1.1; OAuthError is for the client, UnsafeRedirect for the person."""
    client, redirect_uri = find_redirect(query)
    repeated = query.find_repeated()
    if repeated is not None:
        raise OAuthError("invalid_request", f"{repeated!r} is repeated")
    response_type = query.get("response_type")
    if response_type is None:
        raise OAuthError("invalid_request", "response_type is missing")
    if response_type != "code":
        raise OAuthError("unsupported_response_type", "Only codes are given out here")
    challenge = query.get("code_challenge")
    if challenge is None or query.get("code_challenge_method") != "S256":
        raise OAuthError("invalid_request", "PKCE with S256 is required")
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}", challenge):
        raise OAuthError("invalid_request", "code_challenge is no SHA-256 value")
    scopes = tuple(dict.fromkeys((query.get("scope") or DEFAULT_SCOPE).split()))
    unknown = [scope for scope in scopes if scope not in SCOPES]
    if unknown:
        raise OAuthError("invalid_scope", f"Unknown scope {unknown[0]!r}")
    return AuthorizationRequest(
        client,
        redirect_uri,
        query.get("state"),
        scopes,
        challenge,
        frozenset((query.get("prompt") or "").split()),
        query.get("login_hint") or "",
    )


def read_form(request: Request) -> Parameters:
    """The parameters of a back-channel request, which come in the body and once each."""
    if not request.is_form:
        raise OAuthError("invalid_request", "The body must be form-encoded")
    repeated = request.form.find_repeated()
    if repeated is not None:
        raise OAuthError("invalid_request", f"{repeated!r} is repeated")
    return request.form


def read_basic(header: str) -> Optional[tuple[str, str]]:
    """User and password of an Authorization header, or None when it holds none."""
    scheme, _, encoded = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(encoded.strip(), validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return None
    username, colon, password = pair.partition(":")
    return (username, password) if colon else None


def authenticate_client(request: Request, form: Parameters) -> Client:
    """RFC 6749 section 2.3: one method, the client's own, and the right secret."""
    header = request.headers.get("authorization")
    if header is None:
        client = CLIENTS.get(form.get("client_id") or "")
        secret = form.get("client_secret")
        method = "none" if secret is None else "client_secret_post"
    else:
        if form.get("client_secret") is not None:
            raise OAuthError("invalid_request", "Two ways of authentication at once")
        basic = read_basic(header)
        if basic is None:
            raise OAuthError("invalid_client", "No Basic credentials", 401)
        client = CLIENTS.get(unquote_plus(basic[0]))
        secret = basic[1] if client and client.basic_raw else unquote_plus(basic[1])
        method = "client_secret_basic"
        if form.get("client_id") not in (None, client and client.client_id):
            raise OAuthError("invalid_request", "Two different client_ids")
    if client is None or method not in client.methods:
        raise OAuthError("invalid_client", "Unknown client, or not its way to prove itself", 401)
    expected, given = client.secret or "", secret or ""
    if not hmac.compare_digest(expected.encode("utf-8"), given.encode("utf-8")):
        raise OAuthError("invalid_client", "Wrong client secret", 401)
    return client
