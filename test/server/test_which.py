"""Which run made this file?"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest


def file_of(data: bytes, path: str) -> dict:
    return {
        "path": path,
        "sha256": hashlib.sha256(data).hexdigest(),
        "size": len(data),
        "how": "open",
        "cell": 1,
    }


async def test_a_file_is_known_by_its_bytes_whatever_it_is_called(ask, record, jp_root_dir: Path) -> None:
    session = record()
    older, newer, other = session.run(), session.run(), session.run()
    for run in (older, newer):
        session.write("output", run=run, **file_of(b"weights", "model.pkl"))
    session.write("input", run=newer, **file_of(b"table", "data.csv"))
    session.write("output", run=other, **file_of(b"others", "model.pkl"))
    (jp_root_dir / "FINAL.pkl").write_bytes(b"weights")

    found = await ask("which", path="FINAL.pkl")
    assert [one["run"]["id"] for one in found["wrote"]] == sorted([older, newer], reverse=True)
    assert found["wrote"][0]["files"][0]["path"] == "model.pkl"
    assert (found["read"], found["size"]) == ([], 7)

    found = await ask("which", sha256=hashlib.sha256(b"table").hexdigest())
    assert [one["run"]["id"] for one in found["read"]] == [newer]
    assert found["wrote"] == []


@pytest.mark.parametrize(
    ("params", "status"),
    [({"path": "missing.pkl"}, 404), ({"path": ""}, 404), ({"path": "folder"}, 403), ({"sha256": "x"}, 400)],
)
async def test_what_cannot_be_hashed_is_said(jp_fetch, jp_root_dir: Path, params: dict, status: int) -> None:
    (jp_root_dir / "folder").mkdir()
    with pytest.raises(Exception) as caught:
        await jp_fetch("backtrail", "which", params=params)
    assert caught.value.code == status
    assert json.loads(caught.value.response.body)["message"].endswith(".")


async def test_nothing_above_the_root_is_read(jp_fetch, jp_root_dir: Path) -> None:
    (jp_root_dir.parent / "secret").write_text("x")
    with pytest.raises(Exception) as caught:
        await jp_fetch("backtrail", "which", params={"path": "../secret"})
    assert caught.value.code == 404


async def test_each_file_of_a_folder_has_the_run_that_wrote_it(ask, record, jp_root_dir: Path) -> None:
    session = record()
    older, newer = session.run(), session.run()
    for run in (older, newer):
        session.write("output", run=run, **file_of(b"weights", "model.pkl"))
    session.write("output", run=older, **file_of(b"old", "old.bin"))
    session.write("input", run=newer, **file_of(b"table", "data.csv"))
    folder = jp_root_dir / "models"
    (folder / "best").mkdir(parents=True)
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x").write_bytes(b"weights")
    for name, data in {"best/FINAL.pkl": b"weights", "data.csv": b"table", "other.txt": b"of nobody"}.items():
        (folder / name).write_bytes(data)
    (folder / "old.bin").write_bytes(b"new")
    (folder / "was.bin").write_bytes(b"old")

    found = await ask("which/folder", path="models")
    assert {row["path"]: row["runs"] for row in found["files"]} == {
        "best/FINAL.pkl": [newer, older],
        "data.csv": [],
        "old.bin": [],
        "other.txt": [],
        "was.bin": [older],
    }
    assert {run: summary["id"] for run, summary in found["runs"].items()} == {newer: newer, older: older}
    read = {row["path"] for row in found["files"] if row["sha256"]}
    assert read == {"best/FINAL.pkl", "old.bin", "was.bin"}
    assert found["left_out"] == 0


@pytest.mark.parametrize("path", ["missing", "../", "file"])
async def test_what_is_no_folder_here_is_said(jp_fetch, jp_root_dir: Path, path: str) -> None:
    (jp_root_dir / "file").write_text("x")
    with pytest.raises(Exception) as caught:
        await jp_fetch("backtrail", "which", "folder", params={"path": path})
    assert caught.value.code == 404
    assert json.loads(caught.value.response.body)["message"] == f"There is no folder {path} here."


async def test_of_many_files_the_first_are_listed(
    ask, record, jp_root_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record().run()
    monkeypatch.setattr("backtrail.server.which._MOST_FILES", 2)
    (jp_root_dir / "many").mkdir()
    for name in "abc":
        (jp_root_dir / "many" / name).write_text(name)
    found = await ask("which/folder", path="many")
    assert ([row["path"] for row in found["files"]], found["left_out"]) == (["a", "b"], 1)
