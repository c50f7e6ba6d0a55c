"""Metrics in printed lines: the cases that every parser of them agrees on, and how lines are made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.printed import pieces
from backtrail.tracker.printed.calls import Calls
from backtrail.tracker.printed.lines import Lines
from backtrail.tracker.printed.reader import Reader, unfold

CASES = json.loads((Path(__file__).parents[1] / "vectors-capture/printed.json").read_text(encoding="utf-8"))


def read(case: dict[str, Any]) -> list[dict[str, Any]]:
    reader, calls, found = Reader(), Calls(), []
    calls.begin(CellCode(case.get("source", "")))
    for line in case["lines"]:
        text = pieces.clean(line)
        names = calls.names(text) if "source" in case else ()
        point = reader.read(text, names)
        for group in unfold(point.items) if point is not None else ():
            for item in group.values():
                value = "NaN" if item.value != item.value else item.value
                found.append({"name": item.name, "step": point.step if point else None, "value": value})
    return found


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: "|".join([case.get("source", ""), *case["lines"]])[:60]
)
def test_a_printed_line_gives_its_metrics_and_nothing_else(case: dict[str, Any]) -> None:
    assert read(case) == case["metrics"]


def test_the_cases_are_many_and_many_of_them_give_nothing() -> None:
    assert len(CASES) >= 120
    assert sum(not case["metrics"] for case in CASES) >= 40


def lines_of(*texts: str) -> list[str]:
    lines = Lines()
    found = [line for text in texts for line in lines.feed(text)]
    return found + list(lines.flush())


def test_a_line_is_whole_however_it_was_written() -> None:
    assert lines_of("loss", ": ", "0.5", "\n") == ["loss: 0.5"]
    assert lines_of("loss: 0.5\nacc: 0.9\nrest") == ["loss: 0.5", "acc: 0.9", "rest"]
    assert lines_of("a", "b\nc", "d") == ["ab", "cd"]


def test_what_a_carriage_return_writes_over_is_not_there_except_for_bars() -> None:
    assert [pieces.clean(line) for line in lines_of("\rloss: 0.9", "\rloss: 0.5\n")] == ["loss: 0.5"]
    bars = lines_of("\r 50%|█ | 1/2 [00:00<00:00, loss=0.9]", "\r100%|██| 2/2 [00:00<00:00, loss=0.5]", "\n")
    assert [bar.strip() for bar in bars] == [
        "50%|█ | 1/2 [00:00<00:00, loss=0.9]",
        "100%|██| 2/2 [00:00<00:00, loss=0.5]",
    ]


def test_a_line_that_is_written_over_keeps_the_last_of_what_it_says_of_each_generation() -> None:
    lines = Lines()
    for text in ("\rGeneration 1: fitness 0.2", "\rGeneration 1: fitness 0.3"):
        assert list(lines.feed(text)) == []
    assert list(lines.feed("\rGeneration 2: fitness 0.4")) == ["Generation 1: fitness 0.3"]
    assert list(lines.feed("\r      ")) == []
    ended = [pieces.clean(line) for line in lines.feed("\rGeneration 3: fitness 0.5\n")]
    assert ended == ["Generation 2: fitness 0.4", "Generation 3: fitness 0.5"]
    first = [pieces.clean(line) for line in lines_of("epoch 1 loss 0.5\repoch 2 loss 0.4\r")]
    assert first == ["epoch 1 loss 0.5", "epoch 2 loss 0.4"]
    unnamed = [pieces.clean(line) for line in lines_of("\r10/100 loss 0.5", "\r20/100 loss 0.4", "\n")]
    assert unnamed == ["20/100 loss 0.4"]


def test_a_line_without_an_end_does_not_grow_for_ever() -> None:
    lines = Lines()
    for _ in range(2000):
        assert list(lines.feed("x" * 100)) == []
    assert sum(len(line) for line in lines.flush()) < 10_000


def test_a_hostile_line_is_read_in_time() -> None:
    for line in (
        "a" * 2000,
        "1 " * 1000,
        "=" * 2000,
        "loss: " * 300 + "0.5",
        "[" * 1000 + "1",
        "- " * 1000,
        "%|" * 900,
    ):
        Reader().read(pieces.clean(line))
