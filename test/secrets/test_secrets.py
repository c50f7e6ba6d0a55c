"""What the rules withhold, and what they leave alone."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import secrets
import sysconfig
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtrail.secrets import Redactor, patterns
from backtrail.secrets.rules import load

CASES = json.loads((Path(__file__).parent / "cases.json").read_text(encoding="utf-8"))
MARKER = re.compile(r"\[withheld: ([^\]]+)\]")
PASSWORD = [{"kind": "password", "count": 1}]


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor()


def redact(redactor: Redactor, mode: str, text: str) -> tuple[str, Any]:
    """A text as it is written where texts of that mode are."""
    if mode == "code":
        return redactor.source(text)
    if mode == "settings":
        head = "diff --git a/.env b/.env\n"
        data, counts = redactor.diff((head + text).encode())
        assert data is not None
        return data.decode().removeprefix(head), counts
    event = redactor.event("note", {"text": text})
    return event["text"], event.get("withheld")


@pytest.mark.parametrize("case", CASES["withheld"], ids=lambda case: "".join(case["text"])[:40])
def test_a_secret_is_withheld_and_counted(redactor: Redactor, case: dict[str, Any]) -> None:
    text, counts = redact(redactor, case["mode"], "".join(case["text"]))
    assert text == case["expected"]
    kinds = Counter(MARKER.findall(text))
    assert counts == [{"kind": kind, "count": count} for kind, count in sorted(kinds.items())]
    # What was withheld once is not withheld again, as when a text is quoted by another.
    assert redact(redactor, case["mode"], text) == (text, None)


@pytest.mark.parametrize("text", CASES["kept"])
@pytest.mark.parametrize("mode", ["code", "text"])
def test_what_only_names_or_resembles_a_secret_is_kept(redactor: Redactor, mode: str, text: str) -> None:
    assert redact(redactor, mode, text) == (text, None)


def test_code_that_could_be_parsed_still_can(redactor: Redactor) -> None:
    parsed = 0
    for case in CASES["withheld"]:
        source = "".join(case["text"])
        try:
            ast.parse(source)
        except SyntaxError:
            continue
        ast.parse(redactor.source(source).text)
        parsed += 1
    assert parsed > 15


def test_hashes_ids_and_commits_are_no_secrets(redactor: Redactor) -> None:
    for _ in range(300):
        drawn = secrets.token_bytes(20)
        for word in (drawn.hex(), hashlib.sha256(drawn).hexdigest(), str(uuid.uuid4()), drawn.hex().upper()):
            assert redactor.source(f'x = "{word}"').counts is None
            assert "withheld" not in redactor.event("param", {"key": "x", "value": word})


def test_random_keys_are_found_by_their_looks(redactor: Redactor) -> None:
    found = sum(bool(redactor.source(f'x = "{secrets.token_urlsafe(36)}"').counts) for _ in range(300))
    # They are known by likelihood only: one in a hundred does not look it.
    assert found > 280


@pytest.mark.parametrize("package", ["numpy", "sklearn"])
def test_sources_of_libraries_hold_nothing_to_withhold(redactor: Redactor, package: str) -> None:
    files = list((Path(sysconfig.get_path("purelib")) / package).rglob("*.py"))
    assert len(files) > 300
    withheld = [str(file) for file in files if redactor.source(file.read_text("utf-8", "replace")).counts]
    assert withheld == []


def test_values_are_withheld_by_the_name_they_have(redactor: Redactor) -> None:
    value = {"lr": 0.1, "db": {"password": "hunter2", "port": 5432}, "api_keys": ["x1", "x2"], "pin": 1234}
    event = redactor.event("param", {"key": "config", "value": value, "cell": 3})
    assert event["value"] == {
        "lr": 0.1,
        "db": {"password": "[withheld: password]", "port": 5432},
        "api_keys": ["[withheld: key]", "[withheld: key]"],
        "pin": 1234,
    }
    assert event["withheld"] == [{"kind": "key", "count": 2}, *PASSWORD]
    assert value["db"] == {"password": "hunter2", "port": 5432}
    assert redactor.event("tag", {"key": "db_password", "value": 1234})["value"] == "[withheld: password]"
    assert redactor.event("param", {"key": "max_tokens", "value": 256}) == {"key": "max_tokens", "value": 256}


def test_a_difference_is_checked_file_by_file_and_binary_ones_stay(redactor: Redactor) -> None:
    binary = b"diff --git a/x.png b/x.png\nGIT binary patch\nliteral 9\nzcmV;password=hunter2\n\n"
    text = b'diff --git a/a.py b/a.py\n@@ -1 +1 @@\n-x = 1\n+password = "hunter2"\n \xff\n'
    settings = b"diff --git a/.env b/.env\n@@ -0,0 +1 @@\n+DB_PASSWORD=hunter2\n"
    data, counts = redactor.diff(binary + text + settings)
    assert counts == [{"kind": "password", "count": 2}]
    assert data == binary + text.replace(b"hunter2", b"[withheld: password]") + settings.replace(
        b"hunter2", b"[withheld: password]"
    )
    assert redactor.diff(binary) == (binary, None)


def test_a_large_difference_is_checked_to_its_end(redactor: Redactor) -> None:
    lines = b"".join(b"+x%d = %d\n" % (n, n) for n in range(50_000))
    data, counts = redactor.diff(b"diff --git a/a.py b/a.py\n" + lines + b'+password = "hunter2"\n' + lines)
    assert (counts, data is not None and b"hunter2" not in data) == (PASSWORD, True)


def test_a_users_own_patterns_count_too() -> None:
    redactor = Redactor(patterns(["ACME-\\d+", 7], {"BACKTRAIL_REDACT": "site (\\w+), [a"}))
    assert redactor.source("x = 'ACME-123' # site Paris").text == (
        "x = '[withheld: pattern]' # site [withheld: pattern]"
    )
    (problem,) = redactor.problems
    assert "'[a'" in problem and problem.endswith("correct it.")
    redactor.use([])
    assert redactor.source("ACME-123").counts is None
    assert patterns(None, {"BACKTRAIL_REDACT": "a{1,2}\nb\n"}) == ["a{1,2}", "b"]
    assert patterns(None, {}) == []


def test_what_cannot_be_checked_is_withheld_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    redactor = Redactor()

    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(redactor, "_find", broken)
    unchecked = [{"kind": "unchecked", "count": 1}]
    assert redactor.source("x = 1") == ("# [withheld: unchecked]\n", unchecked)
    assert redactor.diff(b"x") == (None, unchecked)
    event = redactor.event("param", {"run": "r", "key": "lr", "value": "fast", "cell": 1})
    assert (event["run"], event["value"], event["cell"]) == ("r", "[withheld: unchecked]", 1)
    assert event["withheld"][0]["kind"] == "unchecked"


@given(st.text(st.sampled_from("abC1 \n\"'\\=:[](){}!%.-_/@é") | st.sampled_from("passwordtokenkey")))
def test_any_text_is_taken_and_is_the_same_where_nothing_is_withheld(text: str) -> None:
    for mode in ("code", "settings", "text"):
        clean, counts = redact(SHARED, mode, text)
        assert (clean == text) == (counts is None)


SHARED = Redactor()


@pytest.mark.parametrize(
    "piece",
    [
        "password", "password=", "pwd=", 'password="', "password='", 'password="""', 'password = ("a" "b" ',
        "token: ", "eyJ", "eyJaaaaaaaaaa.", "sk-", "hf_a", "://a:b", "?sig=", "Bearer ", 'auth=("a',
        "login(token=", "add_argument(--password", "AccountKey=",
        "-----BEGIN PRIVATE KEY-----a-", "aB3=", "=", '\\"', "İ",
    ],
)  # fmt: skip
@pytest.mark.timeout(240)
def test_time_grows_with_the_text_and_not_with_its_square(redactor: Redactor, piece: str) -> None:
    # A megabyte in squared time would take hours.
    text = piece * (1_000_000 // len(piece))
    clean, _ = redactor.source(text)
    assert clean


def test_every_shape_has_at_most_one_group_and_words_that_its_matches_hold() -> None:
    for shape in load().shapes:
        compiled = re.compile(shape.pattern)
        assert compiled.groups <= 1
        assert shape.words
