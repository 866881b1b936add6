# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What passes between the HTTP layer and the provider: a request, a reply, parameters.

These are plain values, so that the protocol can be read (and scripted) without sockets.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Iterable, Mapping, Optional, Union
from urllib.parse import parse_qsl, urlsplit

FORM_TYPE = "application/x-www-form-urlencoded"
MAX_PARAMETERS = 200


class BadParameters(ValueError):
    """A query or a form that is no list of parameters, or has far too many of them."""


class Parameters:
    """Form-encoded parameters in the order sent, repeated names included.

    A dictionary would hide a repeated parameter, which RFC 6749 section 3.1 forbids and
    which therefore has to be seen.
    """

    def __init__(self, encoded: str) -> None:
        try:
            self.pairs = parse_qsl(encoded, keep_blank_values=True, max_num_fields=MAX_PARAMETERS)
        except ValueError as error:
            raise BadParameters(str(error)) from error

    def get(self, name: str) -> Optional[str]:
        """The value, or None; an empty value counts as omitted (RFC 6749 section 3.1)."""
        return next((value for key, value in self.pairs if key == name and value), None)

    def get_all(self, name: str) -> list[str]:
        """Every value of that name: what a group of checkboxes sends."""
        return [value for key, value in self.pairs if key == name]

    def find_repeated(self) -> Optional[str]:
        """The first name that occurs twice, or None."""
        seen = set()
        for name, _value in self.pairs:
            if name in seen:
                return name
            seen.add(name)
        return None

    def to_dict(self) -> dict[str, Union[str, list[str]]]:
        """Name to value, or to the list of values where the name was repeated."""
        return {
            name: values[0] if len(values) == 1 else values
            for name in dict(self.pairs)
            for values in [self.get_all(name)]
        }


@dataclass
class Request:
    """One HTTP request, read completely."""

    method: str
    target: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path alone, as sent."""
        return urlsplit(self.target).path

    @property
    def raw_query(self) -> str:
        """The query as sent, without the question mark."""
        return urlsplit(self.target).query

    @cached_property
    def query(self) -> Parameters:
        """The parameters of the address."""
        return Parameters(self.raw_query)

    @property
    def is_form(self) -> bool:
        """Whether the body says that it is form-encoded."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower() == FORM_TYPE

    @cached_property
    def form(self) -> Parameters:
        """The parameters of the body; none when it is not a form."""
        return Parameters(self.body.decode("utf-8", "replace") if self.is_form else "")


@dataclass
class Reply:
    """One HTTP answer.

    `length` is the Content-Length to announce when it is not the true one; the connection
    is closed after such an answer, which is how a truncated one looks to the client.
    """

    status: int
    headers: list[tuple[str, str]] = field(default_factory=list)
    body: Union[bytes, Iterable[bytes]] = b""
    length: Optional[int] = None

    def get_header(self, name: str) -> Optional[str]:
        """The first header of that name, in any case."""
        return next((v for n, v in self.headers if n.lower() == name.lower()), None)

    def set_header(self, name: str, value: str) -> None:
        """Replace every header of that name by this one."""
        self.headers = [(n, v) for n, v in self.headers if n.lower() != name.lower()]
        self.headers.append((name, value))


def make_json(status: int, value: Any, *headers: tuple[str, str]) -> Reply:
    """A JSON answer that nobody may keep: all of ours hold tokens or speak about them."""
    fixed = [
        ("Content-Type", "application/json"),
        ("Cache-Control", "no-store"),
        ("Pragma", "no-cache"),
    ]
    body = json.dumps(value, ensure_ascii=False).encode("utf-8")
    return Reply(status, fixed + list(headers), body)


def make_text(status: int, text: str, content_type: str = "text/plain; charset=utf-8") -> Reply:
    """A text answer of any type."""
    return Reply(status, [("Content-Type", content_type)], text.encode("utf-8"))
