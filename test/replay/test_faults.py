"""A verify of a run after something was changed: it names the first cell that differs, and the cause."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from replay_runner import recording

Record = Callable[..., Any]

CELLS = [
    "import os, random, subprocess, time\nimport numpy as np\nimport fakelib\nimport mine",
    "rows = [int(line) for line in open('data.csv')]",
    "a = fakelib.f(1)",
    "b = mine.f(a)",
    "c = 5 * 3",
    "np.random.seed(5)",
    "d = np.random.rand()",
    "e = random.random()",
    "f = list({'alpha', 'beta', 'gamma', 'delta', 'epsilon'})",
    "factor = int(os.environ['FACTOR'])",
    "if 'SLOW' in os.environ:\n    child = subprocess.Popen(['sleep', '601'])\n    time.sleep(600)",
    "print('loss:', sum(rows) + b + c + d + e + f.index('beta') + factor)",
]
"""Each cell takes in something else; the cell that sleeps stands in no slice."""


@pytest.fixture(scope="module")
def notebook(program: Path, tmp_path_factory: pytest.TempPathFactory) -> recording.Recorded:
    """One run that takes in everything that the faults are about."""
    folder = tmp_path_factory.mktemp("faults")
    work = folder / "work"
    work.mkdir()
    (work / "data.csv").write_text("1\n2\n3\n")
    (work / "mine.py").write_text("def f(x):\n    return x + 1\n")
    _install(folder / "site-packages", "1.0", "def f(x):\n    return x + 1\n")
    path = f"{recording.ROOT}:{folder / 'site-packages'}"
    return recording.run(work, program, CELLS, PYTHONPATH=path, FACTOR="2")


def test_without_a_fault_it_is_identical_and_stress_says_what_it_hangs_on(
    notebook: recording.Recorded,
) -> None:
    found = notebook.verify("--stress", "--times", "2", FACTOR="2")
    assert (found["verdict"], found["exit"], found["replays"]) == ("identical", 0, 2)
    assert "11 cells came to the same, 2 times" in found["says"]
    assert "It differs under another hash seed, first in cell [9]: `f` was" in found["says"]
    assert "on one thread" not in found["says"]
    shown = json.loads(notebook.cli("show", "--json").stdout)
    assert shown["verified"]["verdict"] == "identical"
    assert shown["verified"]["compared"] == found["compared"]


class Fault(NamedTuple):
    """``path`` is changed by ``change``: the cell ``n`` differs first, at ``name``, because of ``kind``."""

    path: str
    change: Callable[[str], str]
    n: int
    name: str
    kind: str
    says: str
    environment: tuple[tuple[str, str], ...] = (("FACTOR", "2"),)


def _replace(old: str, new: str) -> Callable[[str], str]:
    def replaced(text: str) -> str:
        assert old in text
        return text.replace(old, new)

    return replaced


FAULTS = {
    "an input file": Fault("data.csv", _replace("3", "4"), 2, "rows", "input changed", "data.csv"),
    "a module": Fault("mine.py", _replace("x + 1", "x + 2"), 4, "b", "code changed", "mine.py"),
    "the source of a cell": Fault(
        "LOG", _replace('"c = 5 * 3"', '"c = 5 * 4"'), 5, "c", "code changed", "[5]"
    ),
    "a seed": Fault(
        "LOG", _replace('"np.random.seed(5)"', '"np.random.seed(6)"'), 7, "d", "code changed", "[6]"
    ),
    "the hash seed": Fault("LOG", _replace('"77"', '"78"'), 9, "f", "hash seed", "hash seed"),
    "an environment variable that the record lacks": Fault(
        "data.csv", str, 10, "factor", "environment variable", "environment", (("FACTOR", "3"),)
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_is_found(what: str, notebook: recording.Recorded) -> None:
    fault = FAULTS[what]
    path = notebook.log if fault.path == "LOG" else notebook.folder / fault.path
    before = path.read_text()
    changed = fault.change(before)
    path.write_text(changed)
    try:
        found = notebook.verify(**dict(fault.environment))
        assert path.read_text() == changed
    finally:
        path.write_text(before)
    assert (found["verdict"], found["exit"]) == ("differs", 1)
    assert (found["first"]["n"], found["first"]["name"]) == (fault.n, fault.name)
    assert found["cause"]["kind"] == fault.kind, found["cause"]
    assert fault.says in found["cause"]["says"]


def test_an_input_that_is_gone(notebook: recording.Recorded) -> None:
    data = notebook.folder / "data.csv"
    content = data.read_text()
    data.unlink()
    try:
        found = notebook.verify(FACTOR="2")
    finally:
        data.write_text(content)
    assert (found["verdict"], found["exit"], found["first"]["n"]) == ("could not run", 2, 2)
    assert (found["cause"]["kind"], "missing" in found["cause"]["says"]) == ("input changed", True)


def test_a_package_of_another_version(notebook: recording.Recorded) -> None:
    site = notebook.folder.parent / "site-packages"
    _install(site, "2.0", "def f(x):\n    return x + 2\n")
    try:
        found = notebook.verify(FACTOR="2")
    finally:
        _install(site, "1.0", "def f(x):\n    return x + 1\n")
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("differs", 3, "a")
    assert found["cause"]["kind"] == "package changed"
    assert "fakelib was 1.0 and is 2.0" in found["cause"]["says"]


def test_a_state_of_random_numbers_that_is_lost(notebook: recording.Recorded) -> None:
    states = [event["state"] for event in notebook.events("random_state") if event["stream"] == "python"]
    path = notebook.folder / "runs" / "blobs" / "sha256" / states[-1][:2] / states[-1]
    content = path.read_bytes()
    path.write_bytes(b"AAAA")
    try:
        found = notebook.verify(FACTOR="2")
    finally:
        path.write_bytes(content)
    assert (found["verdict"], found["first"]["n"], found["first"]["name"]) == ("nondeterministic", 8, "e")
    assert (found["cause"]["kind"], "python" in found["cause"]["says"]) == ("random numbers", True), found[
        "cause"
    ]
    assert any("random numbers of python" in problem for problem in found["problems"])


def test_a_script_that_hangs_is_stopped(notebook: recording.Recorded) -> None:
    found = notebook.verify("--whole", "--timeout", "20", FACTOR="2", SLOW="1")
    assert (found["verdict"], found["exit"], found["first"]["n"]) == ("could not run", 2, 11)
    assert "20 seconds" in found["says"]


def test_an_interpreter_that_is_gone(notebook: recording.Recorded) -> None:
    found = notebook.verify("--python", "/nowhere/python")
    assert (found["verdict"], found["exit"]) == ("could not run", 2)
    assert "/nowhere/python" in found["says"]


def test_a_verify_that_is_cancelled_leaves_nothing_behind(
    notebook: recording.Recorded, tmp_path: Path
) -> None:
    logs = sorted(notebook.folder.glob("runs/nb/sessions/*"))
    environment = {**os.environ, "BACKTRAIL_REPLAY_PATH": str(recording.ROOT), "FACTOR": "2", "SLOW": "1"}
    verifying = subprocess.Popen(
        notebook.command("verify", "--whole"),
        env={**environment, "TMPDIR": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    group = _eventually(lambda: _sleeping(tmp_path))
    verifying.send_signal(signal.SIGINT)
    _, said = verifying.communicate(timeout=240)
    assert (verifying.returncode, said) == (130, "Cancelled: nothing was kept.\n")
    _eventually(lambda: not any(_runs(pid) for pid in group))
    assert list(tmp_path.iterdir()) == []
    assert sorted(notebook.folder.glob("runs/nb/sessions/*")) == logs


def test_figures_and_what_is_written_to_stderr_are_compared(record: Record) -> None:
    notebook = record(
        [
            "import os, sys, warnings\nimport matplotlib.pyplot as plt",
            "plt.plot([1, 2])\nplt.show()\nwarnings.warn('mind the line')\n'shown below'",
            "ax = plt.subplots()[1]\nax.plot([1, len(os.environ.get('SHAPE', ''))]);",
            "print('note', os.environ.get('SHAPE'), file=sys.stderr)\nprint('loss:', 1.5)",
        ]
    )
    found = notebook.verify("--whole")
    assert found["verdict"] == "identical", found["says"]
    # Two figures, a result, the warning that both sides leave out, and a text on each stream.
    assert found["compared"]["outputs"] == 6
    assert found["compared"]["uncovered"] == 2, "the two objects that stand for a figure"
    found = notebook.verify("--whole", SHAPE="round")
    differs = [(one["n"], d["name"]) for one in found["cells"] for d in one["differences"]]
    assert (3, "figure 1") in differs
    assert (4, "stderr") in differs
    assert "its figure 1 was a picture with sha256" in found["says"]


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
    found = notebook.verify("--tolerance", "0.01")
    assert (found["verdict"], found["tolerance"], found["exit"]) == ("within tolerance", 0.01, 0)


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


def _eventually(found: Callable[[], Any]) -> Any:
    until = time.monotonic() + 240
    while not (value := found()):
        assert time.monotonic() < until, "it did not come to pass"
        time.sleep(0.1)
    return value


def _sleeping(temporary: Path) -> list[int]:
    """The processes of a replay whose cell sleeps: the player, and the child that the cell started."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode().split("\0")
            inside = os.readlink(folder / "cwd").startswith(str(temporary))
        except OSError:
            continue
        if inside:
            found.append((int(folder.name), "601" in words))
    return [pid for pid, _ in found] if any(child for _, child in found) else []


def _runs(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def _install(site: Path, version: str, source: str) -> None:
    (site / "fakelib").mkdir(parents=True, exist_ok=True)
    (site / "fakelib" / "__init__.py").write_text(source)
    for old in site.glob("fakelib-*/METADATA"):
        old.parent.rename(site / f"fakelib-{version}.dist-info")
    info = site / f"fakelib-{version}.dist-info"
    info.mkdir(exist_ok=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: fakelib\nVersion: {version}\n")
    (info / "top_level.txt").write_text("fakelib\n")
