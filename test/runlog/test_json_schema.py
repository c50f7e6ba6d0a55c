"""The committed JSON Schema, held against the shared logs by a validator that knows nothing of zod."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
VECTORS = sorted(path.parent for path in (ROOT / "test" / "vectors").glob("*/expected.json"))
SCHEMA = json.loads((ROOT / "docs" / "run-log.schema.json").read_text(encoding="utf-8"))


def validator(definition: str) -> Draft202012Validator:
    return Draft202012Validator({"$defs": SCHEMA["$defs"], "$ref": f"#/$defs/{definition}"})


def refuse(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def readable_lines(file: Path) -> list[dict[str, Any]]:
    lines = []
    for line in file.read_bytes().split(b"\n")[:-1]:
        try:
            value = json.loads(line.decode(), parse_constant=refuse)
        except ValueError:
            continue
        if isinstance(value, dict):
            lines.append(value)
    return lines


def test_is_itself_a_valid_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda path: path.name)
def test_accepts_every_line_and_summary_of_a_log(vector: Path) -> None:
    wrong = [
        line
        for file in vector.glob("runs/*/sessions/*.jsonl")
        for line in readable_lines(file)
        if not validator("SessionLogLine").is_valid(line)
    ]
    # The vector from the future has events that lack their key or number, and an object that is none; that of
    # the stages a stage that is missing, and one that is a number.
    assert len(wrong) == {"future": 4, "stages": 2}.get(vector.name, 0), wrong
    for file in vector.glob("runs/*/*/metrics.jsonl"):
        for line in readable_lines(file):
            validator("MetricsLine").validate(line)
    for summary in json.loads((vector / "expected.json").read_text(encoding="utf-8"))["runs"].values():
        validator("RunSummary").validate(summary)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", None),
        ("id", "run 1"),
        ("started", "2026-11-23 15:16:01"),
        ("metrics", {"loss": {"last": "nan"}}),
    ],
)
def test_refuses_a_summary_with_a_wrong_field(field: str, value: object) -> None:
    expected = json.loads((ROOT / "test/vectors/normal/expected.json").read_text(encoding="utf-8"))
    (summary,) = expected["runs"].values()
    assert validator("RunSummary").is_valid(summary)
    wrong = copy.deepcopy(summary)
    wrong[field] = value
    assert not validator("RunSummary").is_valid(wrong)
