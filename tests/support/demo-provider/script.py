# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the provider misbehave on demand, and remembers what it was asked: for the tests.

A script is a JSON list of rules. The first rule whose "match" (a regular expression, searched
in "METHOD TARGET", the query included) fits and which is not used up is applied:

    {"match": "^POST /token", "kind": "status", "code": 503, "times": 2}

Every rule may have "times" (how often it is used; without it, for ever), "headers" (an object;
null removes one), "wait": true, which waits for POST /_release first, and, where the true answer
is replaced, "after": true, which before all that lets the provider do what was asked, so that the
client loses the answer but not the effect. GET /_held says how many requests wait.

    kind      members                    what the client sees instead of the true answer
    status    code, body, type           that status (default 500), an empty body unless given
    body      text, type, code           that text, as application/json with 200 unless given
    json      set {}, drop []            the true JSON answer with members set and dropped
    truncate  n                          n bytes of the true body, announced as whole
    drop                                 the connection closes without an answer
    delay     s                          the true answer, s seconds later
    huge      mb                         a JSON object of that many MiB
    nested    depth                      a JSON object nested that deep
    redirect  url, code                  a redirect (302) to that address
    location  params {}, base            the true redirect with its query changed: a string
                                         sets a parameter, a list repeats it, null removes
                                         it; "base" replaces all before the query
    hold      code, body, type           the true answer, or that status, only after
                                         POST /_release
"""

from __future__ import annotations

import json
import re
import threading
import time
from typing import Any, Callable, Optional
from urllib.parse import parse_qsl, urlencode

from exchange import BadParameters, Reply, Request, make_json

MAX_HOLD = 60.0
MEBIBYTE = 1 << 20

Rule = dict[str, Any]
Answer = Callable[[], Reply]
Respond = Callable[[Request], Reply]


class BadScript(ValueError):
    """The script is not a list of rules that can be carried out."""


def check_rules(rules: Any) -> list[Rule]:
    """Refuse a script that could not work: a rule that never matches would pass for a test."""
    if not isinstance(rules, list):
        raise BadScript("a script is a list of rules")
    for number, rule in enumerate(rules, 1):
        if not isinstance(rule, dict):
            raise BadScript(f"rule {number} is no object")
        kind = rule.get("kind")
        if kind not in KINDS:
            raise BadScript(f"rule {number}: unknown kind {kind!r}")
        _apply, required, optional = KINDS[kind]
        allowed = {"match", "kind", "times", "headers", "after", "wait", *required, *optional}
        missing = [name for name in ("match", *required) if name not in rule]
        unknown = [name for name in rule if name not in allowed]
        if missing or unknown:
            raise BadScript(f"rule {number}: missing {missing}, unknown {unknown}")
        try:
            re.compile(rule["match"])
        except (re.error, TypeError) as error:
            raise BadScript(f"rule {number}: {error}") from error
    return rules


class Script:
    """Stands before the provider: records each request and applies the rules."""

    def __init__(
        self, respond: Respond, expire: Callable[[], int], rules: list[Rule], controlled: bool
    ) -> None:
        self._respond = respond
        self._expire = expire
        self._controlled = controlled
        self._changed = threading.Condition()
        self._rules = [dict(rule) for rule in rules]
        self._requests: list[dict[str, Any]] = []
        self._held = 0
        self._releases = 0

    def answer(self, request: Request) -> Optional[Reply]:
        """The answer that the script wants; None closes the connection without one."""
        if self._controlled and request.path.startswith("/_"):
            return self._control(request)
        record = self._record(request)
        rule = self._take_rule(request)
        reply = self._apply(rule, request) if rule else self._respond(request)
        with self._changed:
            record["status"] = reply.status if reply else 0
        return reply

    def _apply(self, rule: Rule, request: Request) -> Optional[Reply]:
        """Carry out one rule."""
        if rule.get("after"):
            self._respond(request)
        if rule.get("wait") and not self.wait_for_release():
            return None
        apply, _required, _optional = KINDS[rule["kind"]]
        reply = apply(self, rule, lambda: self._respond(request))
        if reply is not None:
            for name, value in rule.get("headers", {}).items():
                reply.set_header(name, value or "")
                if value is None:
                    reply.headers.pop()
        return reply

    def _take_rule(self, request: Request) -> Optional[Rule]:
        """The first rule that fits, used once more."""
        line = f"{request.method} {request.target}"
        with self._changed:
            for rule in self._rules:
                if rule.get("times", 1) > 0 and re.search(rule["match"], line):
                    if "times" in rule:
                        rule["times"] -= 1
                    return rule
        return None

    def _record(self, request: Request) -> dict[str, Any]:
        """Remember a request; a public demonstration remembers nothing."""
        record: dict[str, Any] = {
            "method": request.method,
            "path": request.path,
            "target": request.target,
            "headers": dict(request.headers),
            "body": request.body.decode("utf-8", "replace"),
            "at": round(time.monotonic(), 4),
            "status": None,
        }
        try:
            record["query"] = request.query.to_dict()
            record["form"] = request.form.to_dict()
        except BadParameters as error:
            record["error"] = str(error)
        if self._controlled:
            with self._changed:
                self._requests.append(record)
        return record

    def _control(self, request: Request) -> Reply:
        """The control endpoints; they are not recorded."""
        actions: dict[str, Callable[[Request], Any]] = {
            "POST /_script": self._set_rules,
            "GET /_requests": self._list_requests,
            "POST /_reset": self._forget_requests,
            "POST /_release": self._release,
            "GET /_held": self._count_held,
            "POST /_expire": lambda _request: {"expired": self._expire()},
        }
        action = actions.get(f"{request.method} {request.path}")
        if action is None:
            return make_json(404, {"error": f"no such control; there are {list(actions)}"})
        try:
            return make_json(200, action(request))
        except ValueError as error:
            return make_json(400, {"error": str(error)})

    def _set_rules(self, request: Request) -> dict[str, int]:
        rules = check_rules(json.loads(request.body))
        with self._changed:
            self._rules = rules
        return {"rules": len(rules)}

    def _list_requests(self, _request: Request) -> list[dict[str, Any]]:
        with self._changed:
            return [dict(record) for record in self._requests]

    def _forget_requests(self, _request: Request) -> dict[str, int]:
        with self._changed:
            count = len(self._requests)
            self._requests = []
        return {"forgotten": count}

    def _release(self, _request: Request) -> dict[str, int]:
        """Let go what is held now; a request that comes later is held again."""
        with self._changed:
            held, self._held = self._held, 0
            self._releases += 1
            self._changed.notify_all()
        return {"released": held}

    def _count_held(self, _request: Request) -> dict[str, int]:
        with self._changed:
            return {"held": self._held}

    def wait_for_release(self) -> bool:
        """Wait for the next release; False when nobody came for a minute."""
        with self._changed:
            releases = self._releases
            self._held += 1
            if self._changed.wait_for(lambda: self._releases != releases, MAX_HOLD):
                return True
            self._held -= 1
            return False


def apply_status(_script: Script, rule: Rule, _answer: Answer) -> Reply:
    """An HTTP status with any body, as a proxy or a tired server sends it."""
    content_type = rule.get("type", "text/html; charset=utf-8")
    body = rule.get("body", "").encode("utf-8")
    return Reply(rule.get("code", 500), [("Content-Type", content_type)], body)


def apply_body(_script: Script, rule: Rule, _answer: Answer) -> Reply:
    """Any text as a successful answer."""
    content_type = rule.get("type", "application/json")
    return Reply(
        rule.get("code", 200), [("Content-Type", content_type)], rule["text"].encode("utf-8")
    )


def apply_json(_script: Script, rule: Rule, answer: Answer) -> Reply:
    """The true answer, with some members changed."""
    reply = answer()
    try:
        value = json.loads(read_body(reply))
    except ValueError:
        return reply
    if isinstance(value, dict):
        value.update(rule.get("set", {}))
        for name in rule.get("drop", []):
            value.pop(name, None)
        reply.body = json.dumps(value).encode("utf-8")
    return reply


def apply_truncate(_script: Script, rule: Rule, answer: Answer) -> Reply:
    """The true answer, cut off by a connection that broke."""
    reply = answer()
    body = read_body(reply)
    reply.body = body[: rule["n"]]
    reply.length = max(len(body), rule["n"] + 1)
    return reply


def apply_drop(_script: Script, _rule: Rule, _answer: Answer) -> None:
    """No answer at all."""


def apply_delay(_script: Script, rule: Rule, answer: Answer) -> Reply:
    """The true answer, late; what was asked happens late as well."""
    time.sleep(rule["s"])
    return answer()


def apply_huge(_script: Script, rule: Rule, _answer: Answer) -> Reply:
    """More JSON than anybody should read, made piece by piece."""
    count = rule["mb"]
    head, tail = b'{"pad":"', b'"}'
    pieces = (head, *([b"x" * MEBIBYTE] * count), tail)
    length = len(head) + count * MEBIBYTE + len(tail)
    return Reply(200, [("Content-Type", "application/json")], pieces, length)


def apply_nested(_script: Script, rule: Rule, _answer: Answer) -> Reply:
    """JSON that a recursive parser dies of."""
    body = b'{"a":' * rule["depth"] + b"1" + b"}" * rule["depth"]
    return Reply(200, [("Content-Type", "application/json")], body)


def apply_redirect(_script: Script, rule: Rule, _answer: Answer) -> Reply:
    """A redirect that a client must not follow with its secrets."""
    return Reply(rule.get("code", 302), [("Location", rule["url"])])


def apply_location(_script: Script, rule: Rule, answer: Answer) -> Reply:
    """The true redirect to the client, forged. Other answers pass unchanged."""
    reply = answer()
    location = reply.get_header("Location")
    # The redirect from the sign-in to the consent page is not the one that is meant.
    if location is None or location.startswith("/"):
        return reply
    base, _, query = location.partition("?")
    changes = rule.get("params", {})
    pairs = [(n, v) for n, v in parse_qsl(query, keep_blank_values=True) if n not in changes]
    for name, value in changes.items():
        values = value if isinstance(value, list) else [] if value is None else [value]
        pairs += [(name, item) for item in values]
    changed = rule.get("base", base)
    reply.set_header("Location", changed + ("?" + urlencode(pairs) if pairs else ""))
    return reply


def apply_hold(script: Script, rule: Rule, answer: Answer) -> Optional[Reply]:
    """The true answer, or another one, when the test says so."""
    if not script.wait_for_release():
        return None
    return apply_status(script, rule, answer) if "code" in rule else answer()


def read_body(reply: Reply) -> bytes:
    """The body in one piece."""
    return reply.body if isinstance(reply.body, bytes) else b"".join(reply.body)


# kind: what carries it out, the members that it needs, the members that it may have
KINDS: dict[str, tuple[Callable[..., Optional[Reply]], tuple[str, ...], tuple[str, ...]]] = {
    "status": (apply_status, (), ("code", "body", "type")),
    "body": (apply_body, ("text",), ("type", "code")),
    "json": (apply_json, (), ("set", "drop")),
    "truncate": (apply_truncate, ("n",), ()),
    "drop": (apply_drop, (), ()),
    "delay": (apply_delay, ("s",), ()),
    "huge": (apply_huge, ("mb",), ()),
    "nested": (apply_nested, ("depth",), ()),
    "redirect": (apply_redirect, ("url",), ("code",)),
    "location": (apply_location, (), ("params", "base")),
    "hold": (apply_hold, (), ("code", "body", "type")),
}
