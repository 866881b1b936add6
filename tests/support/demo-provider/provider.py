# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which request gets which answer: the endpoints, the sign-in session, the small API."""

from __future__ import annotations

import hmac
import json
import secrets
import threading
import time
import unicodedata
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Callable, Optional
from urllib.parse import quote_plus, urlencode, urlsplit

import pages
from exchange import BadParameters, Reply, Request, make_json, make_text
from oauth import (
    USERS,
    AuthorizationRequest,
    AuthorizationServer,
    OAuthError,
    UnsafeRedirect,
    check_authorization_request,
    find_redirect,
    make_subject,
)

SESSION_LIFETIME = 3600
MAX_NOTE = 2000


@dataclass
class Session:
    """One browser; it has a CSRF token before it has a person."""

    session_id: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    username: Optional[str] = None
    started: float = field(default_factory=time.time)


class Sessions:
    """The cookie sessions. The cookie's name holds the port: cookies know no ports."""

    def __init__(self, issuer: str) -> None:
        self._cookie = f"demo-provider-{urlsplit(issuer).port}"
        self._lock = threading.Lock()
        self._sessions: dict[str, Session] = {}

    def find(self, request: Request) -> Optional[Session]:
        """The session that the request's cookie names."""
        try:
            cookie = SimpleCookie(request.headers.get("cookie", "")).get(self._cookie)
        except CookieError:
            return None
        with self._lock:
            return self._sessions.get(cookie.value) if cookie else None

    def start(
        self, username: Optional[str] = None, instead_of: Optional[Session] = None
    ) -> Session:
        """A new session; signing in starts one too, so that an old cookie gains nothing."""
        session = Session(username=username)
        oldest = time.time() - SESSION_LIFETIME
        with self._lock:
            self._sessions = {k: s for k, s in self._sessions.items() if s.started > oldest}
            if instead_of is not None:
                self._sessions.pop(instead_of.session_id, None)
            self._sessions[session.session_id] = session
        return session

    def set_cookie(self, reply: Reply, session: Session) -> Reply:
        """Give the browser its session."""
        cookie = f"{self._cookie}={session.session_id}; Path=/; HttpOnly; SameSite=Lax"
        reply.set_header("Set-Cookie", cookie)
        return reply


class Provider:
    """Answers requests; one object for the life of the server, used by many threads."""

    def __init__(self, issuer: str, token_lifetime: int) -> None:
        self.oauth = AuthorizationServer(issuer, token_lifetime)
        self._sessions = Sessions(issuer)
        self._notes: dict[str, list[str]] = {}
        self._notes_lock = threading.Lock()
        self._routes: dict[str, dict[str, Callable[[Request], Reply]]] = {
            "/": {"GET": self._show_welcome},
            "/.well-known/oauth-authorization-server": {"GET": self._show_metadata},
            "/authorize": {"GET": self._show_authorize, "POST": self._take_authorize},
            "/token": {"POST": self._answer_token},
            "/revoke": {"POST": self._answer_revoke},
            "/introspect": {"POST": self._answer_introspect},
            "/userinfo": {"GET": self._show_userinfo, "POST": self._show_userinfo},
            "/api/notes": {"GET": self._list_notes, "POST": self._add_note},
        }

    def answer(self, request: Request) -> Reply:
        """The answer to any request, errors included."""
        methods = self._routes.get(request.path)
        if methods is None:
            return make_text(404, "There is nothing at this address.\n")
        method = "GET" if request.method == "HEAD" else request.method
        if method not in methods:
            reply = make_text(405, "This address does not know that method.\n")
            reply.set_header("Allow", ", ".join(methods))
            return reply
        try:
            return methods[method](request)
        except BadParameters:
            return make_json(400, {"error": "invalid_request"})

    # The pages

    def _show_welcome(self, _request: Request) -> Reply:
        return pages.make_welcome(self.oauth.issuer, self.oauth.token_lifetime)

    def _show_metadata(self, _request: Request) -> Reply:
        return make_json(200, self.oauth.get_metadata())

    def _show_authorize(self, request: Request) -> Reply:
        return self._with_checked(request, self._ask_person)

    def _take_authorize(self, request: Request) -> Reply:
        return self._with_checked(request, self._hear_person)

    def _with_checked(
        self, request: Request, step: Callable[[Request, AuthorizationRequest, Session], Reply]
    ) -> Reply:
        """Check the authorization request anew at each step: it lives only in the address."""
        try:
            asked = check_authorization_request(request.query)
        except (UnsafeRedirect, BadParameters) as refusal:
            return pages.make_refusal(str(refusal))
        except OAuthError as error:
            return self._redirect_error(request, error)
        session = self._sessions.find(request) or self._sessions.start()
        return step(request, asked, session)

    def _ask_person(self, request: Request, asked: AuthorizationRequest, session: Session) -> Reply:
        """The sign-in page, or the consent page for a person who is known already."""
        username = session.username
        if "none" in asked.prompt:
            wanted = "consent_required" if username else "login_required"
            return self._redirect_error(request, OAuthError(wanted, "The person must see a page"))
        if username is None or asked.prompt & {"login", "select_account"}:
            reply = pages.make_sign_in(asked, request.target, session.csrf, asked.login_hint)
        else:
            reply = pages.make_consent(asked, request.target, session.csrf, username)
        return self._sessions.set_cookie(reply, session)

    def _hear_person(
        self, request: Request, asked: AuthorizationRequest, session: Session
    ) -> Reply:
        """What the person answered on one of the two pages."""
        csrf = request.form.get("csrf") or ""
        if not hmac.compare_digest(csrf.encode("utf-8"), session.csrf.encode("utf-8")):
            message = "This page was open for too long, or cookies are off. Please try again."
            reply = pages.make_sign_in(
                asked, request.target, session.csrf, message=message, status=403
            )
            return self._sessions.set_cookie(reply, session)
        action = request.form.get("action")
        # A form that is submitted by a script names no button.
        if action == "sign-in" or (action is None and session.username is None):
            return self._sign_in(request, asked, session)
        if action == "switch-user" or session.username is None:
            session = self._sessions.start(instead_of=session)
            reply = pages.make_sign_in(asked, request.target, session.csrf)
            return self._sessions.set_cookie(reply, session)
        if action == "deny":
            return self._redirect_error(request, OAuthError("access_denied", "The person refused"))
        if action != "allow":
            return self._ask_person(request, asked, session)
        return self._allow(request, asked, session)

    def _sign_in(self, request: Request, asked: AuthorizationRequest, session: Session) -> Reply:
        """Check name and password; then show the same request to the person who is known now."""
        username = unicodedata.normalize("NFC", request.form.get("username") or "").strip()
        password = unicodedata.normalize("NFC", request.form.get("password") or "")
        user = USERS.get(username)
        if user is None or not hmac.compare_digest(user.password.encode(), password.encode()):
            message = "Wrong user name or password."
            return pages.make_sign_in(asked, request.target, session.csrf, username, message)
        session = self._sessions.start(username, instead_of=session)
        # The wish to see the sign-in page has been met; asked again, it would never end.
        query = [pair for pair in request.query.pairs if pair[0] != "prompt"]
        reply = Reply(303, [("Location", "/authorize?" + urlencode(query))])
        reply.set_header("Cache-Control", "no-store")
        return self._sessions.set_cookie(reply, session)

    def _allow(self, request: Request, asked: AuthorizationRequest, session: Session) -> Reply:
        """Send the code for the scopes that are still checked."""
        username = session.username or ""
        ticked = set(request.form.get_all("scope"))
        scopes = tuple(scope for scope in asked.scopes if scope in ticked)
        if not scopes:
            message = "Choose at least one permission, or press Deny."
            return pages.make_consent(asked, request.target, session.csrf, username, message)
        code = self.oauth.issue_code(asked, username, scopes)
        return self._redirect(asked.redirect_uri, {"code": code}, asked.state)

    def _redirect_error(self, request: Request, error: OAuthError) -> Reply:
        """RFC 6749 section 4.1.2.1; only for a redirect URI that was found good."""
        try:
            _client, redirect_uri = find_redirect(request.query)
        except UnsafeRedirect as refusal:
            return pages.make_refusal(str(refusal))
        params = {"error": error.error, "error_description": error.description}
        return self._redirect(redirect_uri, params, request.query.get("state"))

    def _redirect(self, redirect_uri: str, params: dict[str, str], state: Optional[str]) -> Reply:
        """Send the browser back; 303, so that no form is ever sent along (RFC 9700, 4.12)."""
        if state is not None:
            params["state"] = state
        params["iss"] = self.oauth.issuer
        joint = "&" if "?" in redirect_uri else "?"
        location = redirect_uri + joint + urlencode(params, quote_via=quote_plus)
        return Reply(303, [("Location", location), ("Cache-Control", "no-store")])

    # The endpoints without a page

    def _answer_token(self, request: Request) -> Reply:
        try:
            return make_json(200, self.oauth.answer_token_request(request))
        except OAuthError as error:
            return make_oauth_error(error)

    def _answer_revoke(self, request: Request) -> Reply:
        try:
            self.oauth.revoke(request)
        except OAuthError as error:
            return make_oauth_error(error)
        return Reply(200, [("Cache-Control", "no-store")])

    def _answer_introspect(self, request: Request) -> Reply:
        try:
            return make_json(200, self.oauth.introspect(request))
        except OAuthError as error:
            return make_oauth_error(error)

    # The API

    def _show_userinfo(self, request: Request) -> Reply:
        try:
            token = self.oauth.check_bearer(request)
        except OAuthError as error:
            return make_bearer_error(error)
        user = USERS[token.grant.username]
        claims = {"sub": make_subject(user.username)}
        if "profile" in token.scopes:
            claims["name"] = user.name
        if "email" in token.scopes:
            claims["email"] = user.email
        return make_json(200, claims)

    def _list_notes(self, request: Request) -> Reply:
        try:
            token = self.oauth.check_bearer(request, "notes.read")
        except OAuthError as error:
            return make_bearer_error(error, "notes.read")
        with self._notes_lock:
            return make_json(200, {"notes": list(self._get_notes(token.grant.username))})

    def _add_note(self, request: Request) -> Reply:
        try:
            token = self.oauth.check_bearer(request, "notes.write")
        except OAuthError as error:
            return make_bearer_error(error, "notes.write")
        try:
            note = json.loads(request.body)
        except (ValueError, RecursionError):
            note = None
        text = note.get("text") if isinstance(note, dict) else None
        if not isinstance(text, str) or not 0 < len(text) <= MAX_NOTE:
            return make_json(400, {"error": 'Send {"text": "…"}'})
        with self._notes_lock:
            self._get_notes(token.grant.username).append(text)
        return make_json(201, {"text": text})

    def _get_notes(self, username: str) -> list[str]:
        """A person's notes; nobody starts with an empty page. The caller holds the lock."""
        welcome = f"Hello {USERS[username].name}, this came through your token."
        return self._notes.setdefault(username, [welcome])


def make_oauth_error(error: OAuthError) -> Reply:
    """RFC 6749 section 5.2."""
    body = {"error": error.error, "error_description": error.description}
    reply = make_json(error.status, body)
    if error.status == 401:
        reply.set_header("WWW-Authenticate", 'Basic realm="demo", charset="UTF-8"')
    return reply


def make_bearer_error(error: OAuthError, scope: Optional[str] = None) -> Reply:
    """RFC 6750 section 3."""
    challenge = 'Bearer realm="demo"'
    if error.error:
        challenge += f', error="{error.error}", error_description="{error.description}"'
    if scope is not None and error.error != "invalid_token":
        challenge += f', scope="{scope}"'
    reply = make_json(error.status, {"error": error.error} if error.error else {})
    reply.set_header("WWW-Authenticate", challenge)
    return reply
