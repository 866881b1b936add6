# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages that people see: sign-in, consent, error and welcome.

Plain HTML and one inline style sheet: no script, no image, no font from anywhere, so that
the pages look the same in an embedded view, in any browser, and without a network. The ids
(#username #password #sign-in #allow #deny) and the checkbox name (scope) are what tests use.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import Iterable, Optional
from urllib.parse import urlsplit

from exchange import Reply
from oauth import CLIENTS, SCOPES, USERS, AuthorizationRequest, Client

STYLE = """
:root {
  color-scheme: light dark;
  --page: #f2f3f7; --card: #ffffff; --text: #1d1f27; --dim: #5b6072; --line: #d9dce6;
  --field: #ffffff; --accent: #2f5fd0; --on-accent: #ffffff; --soft: #e9effc;
  --bad: #a51d2d; --bad-soft: #fbe9eb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #17181d; --card: #23252d; --text: #f0f1f5; --dim: #a9aebd; --line: #3b3f4c;
    --field: #1b1d23; --accent: #8fb0ff; --on-accent: #10203f; --soft: #2a3350;
    --bad: #ff9aa5; --bad-soft: #46232a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; padding: 24px 16px; display: flex; flex-direction: column;
  align-items: center; justify-content: center; background: var(--page); color: var(--text);
  font: 16px/1.5 Cantarell, "Adwaita Sans", system-ui, sans-serif;
}
main {
  width: 100%; max-width: 420px; padding: 32px; background: var(--card);
  border: 1px solid var(--line); border-radius: 16px;
  box-shadow: 0 1px 2px rgba(0, 0, 0, .06), 0 12px 32px rgba(0, 0, 0, .08);
}
main.wide { max-width: 720px; }
svg { display: block; margin: 0 auto 12px; color: var(--accent); }
h1 { margin: 0 0 4px; font-size: 1.5rem; line-height: 1.25; text-align: center; }
h2 { margin: 28px 0 8px; font-size: 1.05rem; }
p { margin: 0 0 12px; }
p.lead { margin-bottom: 24px; text-align: center; color: var(--dim); }
.dim { margin-top: 12px; color: var(--dim); font-size: .9rem; }
label.field { display: block; margin-bottom: 16px; font-weight: 600; }
label.field input {
  display: block; width: 100%; margin-top: 4px; padding: 10px 12px; font: inherit;
  color: inherit; background: var(--field); border: 1px solid var(--line); border-radius: 9px;
}
fieldset { margin: 0 0 20px; padding: 0; border: 1px solid var(--line); border-radius: 12px; }
legend { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
label.scope { display: flex; gap: 12px; align-items: flex-start; padding: 12px 14px; }
label.scope + label.scope { border-top: 1px solid var(--line); }
label.scope input { flex: none; width: 20px; height: 20px; margin: 2px 0 0; }
label.scope input { accent-color: var(--accent); }
a { color: var(--accent); }
label.scope code { display: block; color: var(--dim); }
button {
  width: 100%; padding: 11px 18px; font: inherit; font-weight: 600; cursor: pointer;
  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: 9px;
}
button.suggested { color: var(--on-accent); background: var(--accent); border-color: transparent; }
button:hover { filter: brightness(1.08); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
button.link { width: auto; padding: 0; border: 0; color: var(--accent); font-weight: 400; }
.buttons { display: flex; gap: 12px; }
.hint, .error { margin: 20px 0 0; padding: 10px 14px; border-radius: 9px; background: var(--soft); }
.error { margin: 0 0 20px; color: var(--bad); background: var(--bad-soft); }
.who { margin: 16px 0 0; text-align: center; font-size: .9rem; color: var(--dim); }
code { font-family: ui-monospace, "Source Code Pro", monospace; font-size: .875em; }
code { overflow-wrap: anywhere; }
td:first-child code { white-space: nowrap; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 7px 12px 7px 0; text-align: left; border-bottom: 1px solid var(--line); }
footer { margin-top: 20px; font-size: .85rem; text-align: center; color: var(--dim); }
@media (max-width: 420px) {
  body { padding: 12px; justify-content: flex-start; }
  main { padding: 22px 18px; border-radius: 12px; }
}
"""

LOGO = """<svg width="48" height="48" viewBox="0 0 48 48" fill="none" aria-hidden="true">
<path d="M14 3l10 17L34 3" stroke="currentColor" stroke-width="4" stroke-linecap="round"/>
<rect x="11" y="20" width="26" height="25" rx="5" fill="currentColor"/>
<circle cx="24" cy="30" r="4" fill="var(--card)"/>
<path d="M17 41c1-4 4-5 7-5s6 1 7 5" fill="var(--card)"/></svg>"""

STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode("utf-8")).digest()).decode("ascii")

# No form-action: browsers apply it to the redirect that follows the form, to whatever port
# the application listens on.
POLICY = f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; img-src data:; " + (
    "base-uri 'none'; frame-ancestors 'none'"
)


def make_page(title: str, body: str, status: int = 200, wide: bool = False) -> Reply:
    """A whole page, with the headers that keep it to itself."""
    text = f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – Demo provider</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<main{' class="wide"' if wide else ""}>
{LOGO}
{body}
</main>
<footer>Demo provider on this computer. Nothing here leaves it.</footer>
</body>
</html>
"""
    headers = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", POLICY),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
    ]
    return Reply(status, headers, text.encode("utf-8"))


def make_error(message: Optional[str]) -> str:
    """A message above a form, announced by screen readers; nothing without one."""
    return f'<p class="error" id="error" role="alert">{escape(message)}</p>' if message else ""


def make_form(action: str, csrf: str, content: str) -> str:
    """A form that comes back to the same authorization request."""
    return f"""<form method="post" action="{escape(action)}">
<input type="hidden" name="csrf" value="{escape(csrf)}">
{content}
</form>"""


def make_sign_in(
    request: AuthorizationRequest,
    action: str,
    csrf: str,
    username: str = "",
    message: Optional[str] = None,
    status: int = 200,
) -> Reply:
    """The page that asks who is there."""
    # The cursor goes where the person types next: the name is right more often than not.
    name_focus, password_focus = ("", " autofocus") if username else (" autofocus", "")
    form = make_form(
        action,
        csrf,
        f"""<label class="field">User name
<input id="username" name="username" value="{escape(username)}" autocomplete="username"
 autocapitalize="none" spellcheck="false" required{name_focus}></label>
<label class="field">Password
<input id="password" name="password" type="password" autocomplete="current-password"
 required{password_focus}></label>
<button id="sign-in" name="action" value="sign-in" class="suggested">Sign in</button>""",
    )
    body = f"""<h1>Sign in</h1>
<p class="lead">to continue to {escape(request.client.name)}</p>
{make_error(message)}
{form}
<p class="hint">Try it with the user <code>demo</code> and the password <code>demo</code>.</p>"""
    return make_page("Sign in", body, status)


def make_scope_boxes(scopes: Iterable[str], chosen: Iterable[str]) -> str:
    """A checkbox for each scope, so that less than what was asked for can be granted."""
    kept = set(chosen)
    return "\n".join(
        f"""<label class="scope"><input type="checkbox" name="scope" value="{escape(scope)}"
{" checked" if scope in kept else ""}><span>{escape(SCOPES[scope])}
<code>{escape(scope)}</code></span></label>"""
        for scope in scopes
    )


def make_consent(
    request: AuthorizationRequest,
    action: str,
    csrf: str,
    username: str,
    message: Optional[str] = None,
    status: int = 200,
) -> Reply:
    """The page that asks what the application may do."""
    chosen = () if message else request.scopes
    form = make_form(
        action,
        csrf,
        f"""<fieldset><legend>Permissions</legend>
{make_scope_boxes(request.scopes, chosen)}
</fieldset>
<div class="buttons">
<button id="deny" name="action" value="deny">Deny</button>
<button id="allow" name="action" value="allow" class="suggested">Allow</button>
</div>
<p class="who">Signed in as <strong>{escape(USERS[username].name)}</strong>.
<button id="switch-user" name="action" value="switch-user" class="link">Someone else?</button>
</p>""",
    )
    parts = urlsplit(request.redirect_uri)
    back_to = parts.netloc or parts.scheme
    body = f"""<h1>Allow access?</h1>
<p class="lead"><strong>{escape(request.client.name)}</strong> asks for these permissions:</p>
{make_error(message)}
{form}
<p class="who">Either way you go back to <code>{escape(back_to)}</code>.</p>"""
    return make_page("Allow access", body, status)


def make_refusal(message: str, status: int = 400) -> Reply:
    """The page for a request that must not be answered with a redirect."""
    body = f"""<h1>This request cannot be answered</h1>
<p class="lead">Something is wrong with the application that sent you here.</p>
{make_error(message)}
<p>Close this page and go back to the application. Nothing was shared with it.</p>"""
    return make_page("Request refused", body, status)


def make_table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A table; the first cell of each row is a literal value."""
    titles = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    lines = "".join(
        f"<tr><td><code>{escape(row[0])}</code></td>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:])
        + "</tr>\n"
        for row in rows
    )
    return f'<div class="scroll"><table><tr>{titles}</tr>\n{lines}</table></div>'


def describe_methods(client: Client) -> str:
    """How a client proves itself, with the one deviation that we have."""
    methods = " or ".join(client.methods)
    return methods + (" without form-encoding" if client.basic_raw else "")


def make_welcome(issuer: str, token_lifetime: int) -> Reply:
    """The page at the root: what this is, and all that is needed to try it."""
    clients = make_table(
        ("Client", "Secret", "Authentication"),
        ((c.client_id, c.secret or "–", describe_methods(c)) for c in CLIENTS.values()),
    )
    users = make_table(
        ("User name", "Password"), ((u.username, u.password) for u in USERS.values())
    )
    scopes = make_table(("Scope", "Allows to"), SCOPES.items())
    body = f"""<h1>Demo provider</h1>
<p class="lead">A small, real OAuth 2.0 authorization server on this computer</p>
<p>It lets you see a whole sign-in without an account anywhere: an application sends you
here, you sign in, you choose what it may do, and it gets a token for that. Nothing is
stored; all is forgotten when the program ends.</p>
<h2>To connect an application</h2>
<p>Issuer <code>{escape(issuer)}</code>, client <code>demo-app</code> without a secret. The
other addresses are in the <a href="/.well-known/oauth-authorization-server">metadata</a>.
Access tokens last {token_lifetime} seconds.</p>
<h2>People</h2>
{users}
<h2>Scopes</h2>
{scopes}
<h2>Clients</h2>
{clients}
<p class="dim">Redirect URIs: any port and path on <code>127.0.0.1</code>, <code>[::1]</code>
and <code>localhost</code>, and <code>io.github.lanyard.lanyard:/callback</code>.</p>
<h2>An API to use it with</h2>
{make_table(("Request", "Needs the scope"), (
    ("GET /userinfo", "profile for the name, email for the address"),
    ("GET /api/notes", "notes.read"),
    ("POST /api/notes", "notes.write"),
))}"""
    return make_page("Welcome", body, wide=True)
