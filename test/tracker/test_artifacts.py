"""Files kept with a run, and datasets named by the user."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import backtrail
from backtrail.tracker.notices import BacktrailWarning


def kept(recorded: Any) -> dict[str, bytes]:
    folder = recorded.recorder.stack[-1].artifacts
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    events = {event["name"]: event for event in recorded.events("artifact")}
    assert events.keys() == files.keys()
    for name, event in events.items():
        data = files[name].read_bytes()
        assert (event["sha256"], event["size"]) == (hashlib.sha256(data).hexdigest(), len(data))
    return {name: path.read_bytes() for name, path in files.items()}


def test_a_file_is_copied_as_it_is_now(recorded: Any, tmp_path: Path) -> None:
    model = tmp_path / "model.bin"
    model.write_bytes(b"one")
    backtrail.log_artifact(model)
    backtrail.log_artifact(str(model), "deep/er")
    backtrail.log_artifact(model, name="renamed.bin")
    model.write_bytes(b"two")
    assert kept(recorded) == {"model.bin": b"one", "deep/er/model.bin": b"one", "renamed.bin": b"one"}


def test_a_folder_is_copied_with_all_that_is_in_it(recorded: Any, tmp_path: Path) -> None:
    (tmp_path / "out" / "sub").mkdir(parents=True)
    (tmp_path / "out" / "a").write_text("a")
    (tmp_path / "out" / "sub" / "b").write_text("b")
    backtrail.log_artifacts(str(tmp_path / "out"))
    backtrail.log_artifact(tmp_path / "out", "in")
    assert kept(recorded) == {"a": b"a", "sub/b": b"b", "in/out/a": b"a", "in/out/sub/b": b"b"}


@pytest.mark.parametrize(
    "name", ["../../escaped.txt", "/tmp/../escaped.txt", "a/../../../escaped.txt", "..\\..\\x"]
)
def test_no_name_leads_out_of_the_runs_folder(recorded: Any, tmp_path: Path, name: str) -> None:
    backtrail.log_text("x", name)
    assert list(kept(recorded).values()) == [b"x"]
    artifacts = recorded.recorder.stack[-1].artifacts
    assert not (tmp_path.parent / "escaped.txt").exists()
    assert [path for path in tmp_path.rglob("escaped.txt") if artifacts not in path.parents] == []


def test_texts_and_mappings(recorded: Any) -> None:
    backtrail.log_text("grüße", "a.txt")
    backtrail.log_dict({"a": np.float64(0.5), "b": [1]}, "a.json")
    backtrail.log_dict({"a": 1}, "a.yaml")
    files = kept(recorded)
    assert files["a.txt"].decode() == "grüße"
    assert json.loads(files["a.json"]) == {"a": 0.5, "b": [1]}
    assert files["a.yaml"] == b"a: 1\n"


class Figure:
    def savefig(self, path: str, **options: Any) -> None:
        Path(path).write_text(json.dumps(options))


def test_a_figure_saves_itself_with_the_options_given(recorded: Any) -> None:
    backtrail.log_figure(Figure(), "plots/a.png", save_kwargs={"dpi": 300})
    assert kept(recorded) == {"plots/a.png": b'{"dpi": 300}'}


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: backtrail.log_artifact("no/such/file"), "no/such/file could not be kept: No such file"),
        (lambda: backtrail.log_artifacts("no/folder"), "could not be kept: there is no such folder"),
        (lambda: backtrail.log_figure(3, "a.png"), "a int is not a figure"),
        (lambda: backtrail.log_dataset("no/such/data"), "The dataset could not be recorded"),
        (lambda: backtrail.log_text("x", "a", run_id="nobody"), "There is no run nobody"),
    ],
)
def test_what_cannot_be_kept_is_said_and_raises_nothing(recorded: Any, call: Any, words: str) -> None:
    with pytest.warns(BacktrailWarning, match=words):
        call()


def test_a_dataset_is_a_file_a_folder_or_a_value(recorded: Any, tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.csv").write_text("1,2")
    backtrail.log_dataset(data / "a.csv", version="v1")
    backtrail.log_dataset(str(data))
    backtrail.log_dataset(np.arange(6).reshape(2, 3).T, name="array")
    backtrail.log_dataset(b"abc", name="bytes")
    file, folder, array, raw = recorded.events("dataset")
    assert (file["name"], file["version"], file["path"]) == ("a.csv", "v1", "data/a.csv")
    assert file["sha256"] == hashlib.sha256(b"1,2").hexdigest()
    listing = f"{file['sha256']}  a.csv\n".encode()
    assert (folder["sha256"], folder["size"]) == (hashlib.sha256(listing).hexdigest(), 3)
    assert (array["name"], array["path"], array["size"]) == ("array", None, 48)
    assert raw["sha256"] == hashlib.sha256(b"abc").hexdigest()


def test_equal_arrays_have_equal_hashes_however_they_lie_in_memory(recorded: Any) -> None:
    values = np.arange(6).reshape(2, 3)
    for array in (values, np.asfortranarray(values), values[::-1], values.astype("float64")):
        backtrail.log_dataset(array, name="a")
    first, fortran, reversed_, floats = (event["sha256"] for event in recorded.events("dataset"))
    assert first == fortran
    assert len({first, reversed_, floats}) == 3


def test_an_object_without_a_canonical_form_is_recorded_by_name(recorded: Any) -> None:
    with pytest.warns(BacktrailWarning, match="recorded by name alone"):
        backtrail.log_dataset({"a": 1}, name="mine")
    assert recorded.events("dataset")[0]["sha256"] is None
