"""Filters: which runs are looked for."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any, Callable, Optional

from .ancestry import is_commit
from .compare import Test, comparison, milliseconds, span, text_of
from .errors import FilterError
from .expression import Both, Call, Comparison, Expression, Key, Membership, Negation, Presence, Value
from .keys import TIMES, Read, Run, reader
from .parser import parse

Filter = Callable[[Run], bool]
Previous = Callable[[Run], Optional[Run]]
HasCommit = Callable[[str], Filter]
"""Of a commit, whether the code of a run had it."""


def create_filter(
    text: str, runs: Iterable[Run] = (), now: float | None = None, has_commit: HasCommit | None = None
) -> Filter:
    """Makes a filter of its text; an empty one lets every run through.

    ``runs`` are all runs there are, which ``changed`` needs; ``now`` is in seconds since 1970;
    ``has_commit`` answers for ``contains_commit``, which lets no run through without it.

    Raises:
        FilterError: the text cannot be understood.
    """
    if not text.strip():
        return lambda run: True
    return _Compiler(runs, time.time() if now is None else now, has_commit).compile(parse(text))


class _Compiler:
    def __init__(self, runs: Iterable[Run], now: float, has_commit: HasCommit | None) -> None:
        self._runs = runs
        self._now = now
        self._has_commit = has_commit

    def compile(self, expression: Expression) -> Filter:  # noqa: PLR0911
        if isinstance(expression, Both):
            left, right = self.compile(expression.left), self.compile(expression.right)
            if expression.word == "and":
                return lambda run: left(run) and right(run)
            return lambda run: left(run) or right(run)
        if isinstance(expression, Negation):
            operand = self.compile(expression.operand)
            return lambda run: not operand(run)
        if isinstance(expression, Presence):
            read = reader(expression.key.path)
            return lambda run: _is_there(read(run))
        if isinstance(expression, Call):
            return self._call(expression)
        is_time = len(expression.key.path) == 1 and expression.key.path[0] in TIMES
        asked = reader(expression.key.path)
        if isinstance(expression, Comparison):
            test = comparison(expression.operator, expression.value, is_time, self._now)
            return _asking(asked, test, expression.operator.startswith("!"))
        assert isinstance(expression, Membership)
        tests = [comparison("=", value, is_time, self._now) for value in expression.values]
        return _asking(asked, lambda actual: any(test(actual) for test in tests), False)

    def _call(self, call: Call) -> Filter:
        if call.name == "stage_at":
            return self._stage_at(call)
        if call.name == "contains_commit":
            return self._contains_commit(call)
        if call.name not in ("has", "changed"):
            known = "changed, contains_commit, has, stage_at"
            raise FilterError(f"There is no function {call.name}; there are {known}.", call.start)
        if len(call.arguments) != 1 or not isinstance(call.arguments[0], Key):
            raise FilterError(f"{call.name} takes one key, as {call.name}(params.lr).", call.start)
        read = reader(call.arguments[0].path)
        if call.name == "has":
            return lambda run: _is_given(read(run))
        previous = _previous(self._runs)

        def changed(run: Run) -> bool:
            before = previous(run)
            return before is not None and _known(read(before)) != _known(read(run))

        return changed

    def _contains_commit(self, call: Call) -> Filter:
        given = call.arguments[0] if call.arguments else None
        commit = ".".join(given.path) if isinstance(given, Key) else str(given.value) if given else ""
        if not is_commit(commit):
            raise FilterError('contains_commit takes a commit, as contains_commit("1a2b3c4").', call.start)
        return self._has_commit(commit) if self._has_commit is not None else lambda run: False

    def _stage_at(self, call: Call) -> Filter:
        stage, moment = (*call.arguments, None, None)[:2]
        name = ".".join(stage.path) if isinstance(stage, Key) else stage.value if stage else None
        if len(call.arguments) != 2 or not isinstance(name, str) or not isinstance(moment, Value):
            sentence = "stage_at takes a stage and a time, as stage_at(production, 2026-10-03)."
            raise FilterError(sentence, call.start)
        start, end = span(moment, self._now)

        def was(run: Run) -> bool:
            entries = run.get("stages") or []
            times = [_moment(entry["at"]) for entry in entries]
            for entry, since, until in zip(entries, times, [*times[1:], float("inf")]):
                begun = since <= start if start == end else since < end
                if entry["stage"] == name and begun and until > start:
                    return True
            return False

        return was


def _moment(text: Any) -> float:
    found = milliseconds(text)
    return float("nan") if found is None else found


def _known(value: Any) -> str:
    return "" if value is None else text_of(value)


def _asking(read: Read, test: Test, negative: bool) -> Filter:
    """A run without the key is never let through; of a list one value is enough, for ``!=`` all must fit."""

    def ask(run: Run) -> bool:
        actual = read(run)
        if actual is None:
            return False
        if not isinstance(actual, list):
            return test(actual)
        there = [one for one in actual if one is not None]
        return bool(there) and (all if negative else any)(test(one) for one in there)

    return ask


def _is_there(value: Any) -> bool:
    return _is_given(value) and value is not False and value not in ("", "false")


def _is_given(value: Any) -> bool:
    """A list of nothing, as the seeds of a run that set none, is no value."""
    return len(value) > 0 if isinstance(value, list) else value is not None


def _previous(runs: Iterable[Run]) -> Previous:
    """Which run came before each in its notebook."""
    notebooks: dict[str, list[Run]] = {}
    for run in runs:
        place = run.get("notebook") or {}
        notebooks.setdefault(place.get("path") or place.get("name") or "", []).append(run)
    before: dict[str, Run] = {}
    for own in notebooks.values():
        own.sort(key=lambda run: str(run["id"]))
        before.update((later["id"], earlier) for earlier, later in zip(own, own[1:]))
    return lambda run: before.get(run["id"])
