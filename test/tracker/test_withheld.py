"""What the tracker writes has been through the rules on secrets."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import backtrail

PASSWORD = [{"kind": "password", "count": 1}]


def test_events_and_what_is_said_of_the_code_are_checked(recorded: Any, tmp_path: Path) -> None:
    backtrail.log_param("api_key", "x1y2z3")
    backtrail.set_tag("owner", "postgres://ada:hunter2@db/x")
    backtrail.note("use password=hunter2 for it")
    recorded.recorder.session.warn("https://ada:hunter2@example.org cannot be reached.")
    assert recorded.events("param")[0]["value"] == "[withheld: key]"
    assert recorded.events("param")[0]["withheld"] == [{"kind": "key", "count": 1}]
    assert recorded.events("tag")[0]["value"] == "postgres://ada:[withheld: password]@db/x"
    assert recorded.events("note")[0]["withheld"] == PASSWORD
    kept = b"".join(path.read_bytes() for path in recorded.runs.rglob("*") if path.is_file())
    assert b"hunter2" not in kept and b"x1y2z3" not in kept


def test_a_log_that_is_begun_anew_has_no_secrets_either(recorded: Any) -> None:
    backtrail.log_param("api_key", "x1y2z3")
    (log,) = recorded.runs.glob("nb/sessions/*.jsonl")
    log.unlink()
    recorded.recorder.session.check()
    assert recorded.events("param")[0]["value"] == "[withheld: key]"


def test_the_difference_from_the_commit_is_kept_without_secrets(recorded: Any, tmp_path: Path) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    (tmp_path / "a.py").write_text("x = 1\n")
    git("init")
    git("add", "a.py")
    git("commit", "-m", "a")
    (tmp_path / "a.py").write_text('password = "hunter2"\n')
    backtrail.log_param("lr", 1)
    (code,) = recorded.events("code")
    assert code["withheld"] == PASSWORD
    diff = (recorded.runs / "blobs" / "sha256" / code["diff"][:2] / code["diff"]).read_text()
    assert '+password = "[withheld: password]"' in diff
