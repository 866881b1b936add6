# SPDX-FileCopyrightText: 2026 The Lanyard authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tells the results of unittest in the Test Anything Protocol, so that meson counts each case."""

from __future__ import annotations

import sys
import unittest
from typing import Any


class Result(unittest.TestResult):
    """A line for each case; why a case failed goes to standard error."""

    def __init__(self) -> None:
        super().__init__()
        self._count = 0

    def _tell(self, verdict: str, test: Any, directive: str = "") -> None:
        self._count += 1
        name = test.id().partition(".")[2] or test.id()
        print(f"{verdict} {self._count} {name}{directive}", flush=True)

    def _fail(self, test: Any, list_of_this_kind: list[tuple[Any, str]]) -> None:
        self._tell("not ok", test)
        print(list_of_this_kind[-1][1], file=sys.stderr, flush=True)

    def addSuccess(self, test: Any) -> None:
        super().addSuccess(test)
        self._tell("ok", test)

    def addFailure(self, test: Any, err: Any) -> None:
        super().addFailure(test, err)
        self._fail(test, self.failures)

    def addError(self, test: Any, err: Any) -> None:
        super().addError(test, err)
        self._fail(test, self.errors)

    def addSubTest(self, test: Any, subtest: Any, err: Any) -> None:
        super().addSubTest(test, subtest, err)
        if err is not None:
            is_failure = issubclass(err[0], test.failureException)
            self._fail(subtest, self.failures if is_failure else self.errors)

    def addSkip(self, test: Any, reason: str) -> None:
        super().addSkip(test, reason)
        self._tell("ok", test, f" # SKIP {reason}")

    def finish(self) -> None:
        """The plan, at the end: nobody knows before how many parts have failed."""
        print(f"1..{self._count}", flush=True)


class Runner:
    """What unittest.main() wants for a runner."""

    def run(self, suite: unittest.TestSuite) -> Result:
        """Run all cases."""
        result = Result()
        print("TAP version 13", flush=True)
        suite(result)
        result.finish()
        return result
