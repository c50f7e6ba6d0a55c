"""Ids, places, blobs, tails and the notes of folders: what is done with files."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backtrail.runlog import directories, ids, layout, times
from backtrail.runlog.append import Appender
from backtrail.runlog.lines import decode
from backtrail.runlog.tail import Replaced, Tail


def test_ids_rise_and_have_their_form() -> None:
    made = [ids.new_id() for _ in range(2000)]
    assert made == sorted(set(made))
    assert all(map(ids.is_id, made))


@pytest.mark.parametrize(
    "text",
    ["", "..", "20261123-151601000-k3f9/", "20261123-151601000-K3F9", "20261123-151601000-k3f9\n", None, 7],
)
def test_what_is_no_id_is_told(text: object) -> None:
    assert not ids.is_id(text)


def test_a_blob_is_stored_once_and_loaded_back(tmp_path: Path) -> None:
    sha256 = layout.store_blob(tmp_path, b"diff")
    assert sha256 == hashlib.sha256(b"diff").hexdigest()
    before = os.stat(layout.blob_path(tmp_path, sha256))
    assert layout.store_blob(tmp_path, b"diff") == sha256
    assert os.stat(layout.blob_path(tmp_path, sha256)).st_ino == before.st_ino
    assert layout.load_blob(tmp_path, sha256) == b"diff"
    assert layout.load_blob(tmp_path, "0" * 64) is None
    assert layout.load_blob(tmp_path, "../../etc/passwd") is None


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    layout.replace_json(path, {"a": 1})
    layout.replace_json(path, {"a": "ü\ud800", "b": float("nan")})
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.json"]
    assert json.loads(path.read_bytes()) == {"a": "ü\ud800", "b": "NaN"}


def test_a_folder_without_sessions_is_not_a_notebooks(tmp_path: Path) -> None:
    (tmp_path / "Jul05_host").mkdir()
    (tmp_path / "digits" / "sessions").mkdir(parents=True)
    (tmp_path / "blobs" / "sha256").mkdir(parents=True)
    (tmp_path / "events.out.tfevents").touch()
    assert layout.notebook_folders(tmp_path) == [tmp_path / "digits"]
    assert layout.notebook_folders(tmp_path / "missing") == []


def test_a_folder_of_runs_is_remembered_until_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    assert directories.known() == []
    runs = tmp_path / "work" / "runs"
    runs.mkdir(parents=True)
    directories.remember(runs)
    directories.remember(runs)
    (directories.notes_dir() / "damaged.json").write_text("{")
    (directories.notes_dir() / "odd.json").write_text('{"path": "relative"}')
    assert directories.known() == [runs]
    runs.rmdir()
    assert directories.known() == []


def test_an_appender_ends_a_torn_line_before_it_writes(tmp_path: Path) -> None:
    path = tmp_path / "sessions" / "log.jsonl"
    log = Appender(path)
    log.append({"a": 1})
    log.close()
    log.close()
    with open(path, "ab") as file:
        file.write(b'{"b":')
    log = Appender(path)
    log.append({"c": 2}, {"d": 3})
    log.close()
    assert decode(path.read_bytes()) == ([{"a": 1}, {"c": 2}, {"d": 3}], 1, False)


@given(
    st.lists(st.binary(max_size=30).map(lambda line: line.replace(b"\n", b"")), max_size=20),
    st.integers(1, 50),
    st.data(),
)
def test_a_tail_gives_every_whole_line_once_however_the_file_grows(
    lines: list, limit: int, draw: st.DataObject
) -> None:
    data = b"\n".join(lines)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "log"
        path.touch()
        tail = Tail(path)
        read, start = b"", 0
        while start < len(data):
            end = draw.draw(st.integers(start + 1, len(data)))
            with open(path, "ab") as file:
                file.write(data[start:end])
            start = end
            while piece := tail.read(limit):
                assert piece.endswith(b"\n")
                read += piece
        assert read == data[: data.rfind(b"\n") + 1]
        assert tail.torn == (len(read) < len(data))


def test_a_tail_tells_when_its_file_is_another_one(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.write_bytes(b"one\ntwo\n")
    tail = Tail(path)
    assert tail.read() == b"one\ntwo\n"
    path.write_bytes(b"1\n")
    with pytest.raises(Replaced):
        tail.read()
    assert tail.read() == b"1\n"


@given(st.integers(0, 4_000_000_000_000_000))
def test_times_come_back_to_the_microsecond(moment: int) -> None:
    assert times.microseconds(times.iso(moment)) == moment


@pytest.mark.parametrize("text", ["", "yesterday", None, 3])
def test_what_is_no_time_has_no_microseconds(text: object) -> None:
    assert times.microseconds(text) is None
