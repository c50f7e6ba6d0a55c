"""A verify of a run after something was changed: it names the first cell that differs, and the cause."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Record = Callable[..., Any]


def test_an_input_that_was_changed(record: Record, tmp_path: Path) -> None:
    data = tmp_path / "work" / "data.csv"
    data.parent.mkdir()
    data.write_text("1\n2\n3\n")
    cells = ["a = 1", "rows = open('data.csv').read().split()", "print('loss:', sum(map(int, rows)) / 7)"]
    notebook = record(cells)
    assert notebook.verify()["verdict"] == "identical"
    data.write_text("1\n2\n4\n")
    found = notebook.verify()
    assert (found["verdict"], found["exit"], found["first"]["n"], found["first"]["name"]) == (
        "differs",
        1,
        2,
        "rows",
    )
    assert found["cause"]["kind"] == "input changed"
    assert "data.csv" in found["cause"]["says"]
    assert data.read_text() == "1\n2\n4\n"


def test_an_input_that_is_gone(record: Record, tmp_path: Path) -> None:
    data = tmp_path / "work" / "data.csv"
    data.parent.mkdir()
    data.write_text("3")
    notebook = record(["x = int(open('data.csv').read())", "print('loss:', x / 7)"])
    data.unlink()
    found = notebook.verify()
    assert (found["verdict"], found["exit"], found["first"]["n"]) == ("could not run", 2, 1)
    assert (found["cause"]["kind"], "missing" in found["cause"]["says"]) == ("input changed", True)


def test_a_module_that_was_changed(record: Record, tmp_path: Path) -> None:
    module = tmp_path / "work" / "mine.py"
    module.parent.mkdir()
    module.write_text("def f(x):\n    return x + 1\n")
    notebook = record(["import mine", "a = 1", "b = mine.f(a)", "print('loss:', b / 7)"])
    module.write_text("def f(x):\n    return x + 2\n")
    found = notebook.verify()
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 3, "b")
    assert found["cause"]["kind"] == "code changed"
    assert "mine.py" in found["cause"]["says"]


def test_a_package_of_another_version(record: Record, tmp_path: Path) -> None:
    site = tmp_path / "site-packages"
    _install(site, "1.0", "def f(x):\n    return x + 1\n")
    notebook = record(["import fakelib", "b = fakelib.f(1)", "print('loss:', b / 7)"], PYTHONPATH=_path(site))
    assert notebook.verify()["verdict"] == "identical"
    _install(site, "2.0", "def f(x):\n    return x + 2\n")
    found = notebook.verify()
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 2, "b")
    assert found["cause"]["kind"] == "package changed"
    assert "fakelib was 1.0 and is 2.0" in found["cause"]["says"]


def test_a_cell_whose_source_was_changed_in_the_log(record: Record) -> None:
    notebook = record(["a = 2", "b = a * 3", "print('loss:', b / 7)"])
    log = notebook.log
    log.write_text(log.read_text().replace('"b = a * 3"', '"b = a * 4"'))
    found = notebook.verify()
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 2, "b")
    assert (found["cause"]["kind"], "[2]" in found["cause"]["says"]) == ("code changed", True)


def test_a_state_of_random_numbers_that_was_changed(record: Record) -> None:
    notebook = record(["import random", "a = 1", "b = random.random()", "print('loss:', b)"])
    state = notebook.events("random_state")[0]["state"]
    path = notebook.folder / "runs" / "blobs" / "sha256" / state[:2] / state
    path.write_text("AAAA")
    found = notebook.verify()
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 3, "b") or (
        found["verdict"] == "nondeterministic"
    )
    assert any("random numbers of python" in problem for problem in found["problems"])


def test_an_environment_variable_that_the_record_lacks(record: Record) -> None:
    cells = ["import os", "factor = int(os.environ['FACTOR'])", "print('loss:', factor / 7)"]
    notebook = record(cells, FACTOR="2")
    assert notebook.verify(FACTOR="2")["verdict"] == "identical"
    found = notebook.verify(FACTOR="3")
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 2, "factor")
    assert found["cause"]["kind"] == "environment variable"


def test_what_the_system_gives_is_nondeterministic(record: Record) -> None:
    found = record(["import uuid", "x = uuid.uuid4().int", "print('loss:', x % 1000)"]).verify()
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("nondeterministic", 2, "x")
    assert (found["cause"]["kind"], found["exit"]) == ("not captured", 1)


def test_metrics_may_be_within_a_tolerance(record: Record, tmp_path: Path) -> None:
    data = tmp_path / "work" / "x.txt"
    data.parent.mkdir()
    data.write_text("1.0")
    notebook = record(["loss = float(open('x.txt').read())\nprint('loss:', loss)"])
    data.write_text("1.0001")
    assert notebook.verify()["verdict"] == "differs"
    found = notebook.verify("--tolerance", "0.01")
    assert (found["verdict"], found["tolerance"], found["exit"]) == ("within tolerance", 0.01, 0)


def test_a_script_that_hangs_is_stopped(record: Record) -> None:
    cells = ["import time, os", "time.sleep(600 if os.environ.get('SLOW') else 0)", "print('loss:', 1.5)"]
    found = record(cells).verify("--whole", "--timeout", "6", SLOW="1")
    assert (found["verdict"], found["exit"], found["first"]["n"]) == ("could not run", 2, 2)
    assert "6 seconds" in found["says"]


def test_an_interpreter_that_is_gone(record: Record) -> None:
    found = record(["print('loss:', 1.5)"]).verify("--python", "/nowhere/python")
    assert (found["verdict"], found["exit"]) == ("could not run", 2)
    assert "/nowhere/python" in found["says"]


def test_the_users_files_are_never_changed(record: Record, tmp_path: Path) -> None:
    place = tmp_path / "work" / "kept.txt"
    cells = [f"path = {str(place)!r}", "open(path, 'w').write('old');", "open('here.txt', 'w').write('old');"]
    notebook = record([*cells, "print('loss:', 1.5)"])
    place.write_text("mine")
    (place.parent / "here.txt").write_text("mine")
    found = notebook.verify("--whole")
    assert found["verdict"] == "could not run"
    assert "A replay changes nothing outside its own folder" in found["says"]
    assert (place.read_text(), (place.parent / "here.txt").read_text()) == ("mine", "mine")


def test_the_verdict_is_kept_with_the_run(record: Record) -> None:
    notebook = record(["print('loss:', 1.5)"])
    found = notebook.verify()
    shown = json.loads(notebook.cli("show", "--json").stdout)
    assert shown["verified"]["verdict"] == found["verdict"] == "identical"
    assert shown["verified"]["compared"] == found["compared"]


def _install(site: Path, version: str, source: str) -> None:
    (site / "fakelib").mkdir(parents=True, exist_ok=True)
    (site / "fakelib" / "__init__.py").write_text(source)
    for old in site.glob("fakelib-*/METADATA"):
        old.parent.rename(site / f"fakelib-{version}.dist-info")
    info = site / f"fakelib-{version}.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: fakelib\nVersion: {version}\n")
    (info / "top_level.txt").write_text("fakelib\n")


def _path(site: Path) -> str:
    return f"{Path(__file__).parents[2]}:{site}"
