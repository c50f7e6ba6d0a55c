"""Streams of random numbers are read as they are, and only looked at."""

from __future__ import annotations

import base64
import functools
import importlib
import importlib.util
import json
import os
import random
import sys
import threading
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.random import bit_generator

from backtrail.runlog import layout
from backtrail.tracker import outcome, streams
from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.entropy import Entropy
from backtrail.tracker.executions import Execution
from backtrail.tracker.importhook import ImportHook
from backtrail.tracker.randomness import Randomness


class Watched:
    """A notebook whose cells are Python functions."""

    def __init__(self, recorded: Any) -> None:
        self.recorded = recorded
        self.names: dict[str, Any] = {}
        shell = types.SimpleNamespace(user_ns=self.names)
        self.randomness = Randomness(shell, recorded.recorder)
        self.n = 0

    def begin(self) -> Execution:
        self.n += 1
        execution = Execution(self.n, None, None, None)
        self.recorded.recorder.cell_started(execution)
        self.randomness.before(execution, CellCode(""))
        return execution

    def end(self, execution: Execution, source: str = "") -> None:
        self.recorded.recorder.cell_ended(execution, "finished")
        self.randomness.after(execution, CellCode(source), outcome.FINISHED)

    def run(self, cell: Callable[[], object]) -> None:
        execution = self.begin()
        cell()
        self.end(execution)


@pytest.fixture
def watched(recorded: Any) -> Iterator[Watched]:
    made = Watched(recorded)
    made.randomness.start()
    yield made
    made.randomness.stop()


def states() -> tuple[Any, ...]:
    """The global streams, bit for bit."""
    numpy = np.random.get_state(legacy=False)
    return (
        random.getstate(),
        numpy["state"]["key"].tobytes(),
        numpy["state"]["pos"],
        numpy["has_gauss"],
        numpy["gauss"],
    )


# Drawing, and the library that is drawn from; of those that are optional, the ones that are there.
DRAWS: list[tuple[str, str]] = [("python", "random.random()"), ("numpy", "np.random.rand()")]
if importlib.util.find_spec("torch"):
    DRAWS.append(("torch", "__import__('torch').rand(1)"))


@pytest.mark.parametrize(("stream", "draw"), DRAWS)
def test_what_was_drawn_is_told_by_the_states_before_and_after(
    watched: Watched, stream: str, draw: str
) -> None:
    names = {"random": random, "np": np}
    for _ in range(2):
        watched.run(lambda: eval(draw, names))
    watched.run(lambda: None)
    first, second = (event["streams"][stream] for event in watched.recorded.events("random"))
    assert first["after"] == second["before"] != second["after"]


def test_looking_changes_nothing(watched: Watched) -> None:
    np.random.randn()
    before = states()
    for _ in range(5):
        watched.end(watched.begin(), "import random, numpy as np\nrandom.seed(1)\nnp.random.seed(2)")
    assert states() == before


def test_states_are_kept_as_the_format_says(watched: Watched) -> None:
    random.seed(3)
    random.gauss(0, 1)
    np.random.seed(4)
    np.random.randn()
    watched.run(lambda: None)
    kept = {
        event["stream"]: event for event in watched.recorded.events("random_state") if event["at"] == "before"
    }
    python, numpy = (
        base64.b64decode(layout.load_blob(watched.recorded.runs, kept[name]["state"]) or b"", validate=True)
        for name in ("python", "numpy")
    )
    _, words, gauss = random.getstate()
    assert np.frombuffer(python[:2500], "<u4").tolist() == list(words)
    assert np.frombuffer(python[2500:], "<f8").tolist() == [gauss]
    state = np.random.get_state(legacy=False)
    assert np.frombuffer(numpy[:2496], "<u4").tolist() == state["state"]["key"].tolist()
    assert np.frombuffer(numpy[2496:2504], "<u4").tolist() == [state["state"]["pos"], 1]
    assert np.frombuffer(numpy[2504:], "<f8").tolist() == [state["gauss"]]


def test_the_quick_look_at_numpy_sees_what_numpy_says() -> None:
    look = streams.NumpyStream(np.random)
    kept = np.random.get_state()
    usual = np.random.get_bit_generator()
    steps: list[Callable[[], object]] = [
        np.random.rand, np.random.randn, np.random.randn, lambda: np.random.rand(2000),
        lambda: np.random.seed(1), lambda: np.random.seed(1), np.random.rand,
        lambda: np.random.set_state(kept),
        lambda: np.random.set_bit_generator(np.random.PCG64(1)), np.random.rand,
        lambda: np.random.set_bit_generator(usual), np.random.rand,
    ]  # fmt: skip
    for step in steps:
        step()
        assert look() == look() == streams.numpy_state(np.random.get_state(legacy=False))


@pytest.mark.parametrize("kind", ["PCG64", "MT19937", "Philox", "SFC64", "PCG64DXSM"])
def test_generators_with_names_are_known_by_their_states(watched: Watched, kind: str) -> None:
    watched.names["rng"] = np.random.Generator(getattr(np.random, kind)(1))
    watched.run(lambda: None)
    watched.run(watched.names["rng"].random)
    watched.run(lambda: watched.names.update(rng=np.random.Generator(getattr(np.random, kind)(1))))
    drawn, bound = (event["generators"]["rng"] for event in watched.recorded.events("random"))
    assert bound == {"before": None, "after": drawn["before"]}


def test_executions_at_the_same_time_are_marked(watched: Watched) -> None:
    one = watched.begin()
    other = threading.Thread(target=lambda: watched.run(random.random))
    other.start()
    other.join()
    watched.end(one)
    assert [event.get("concurrent") for event in watched.recorded.events("random")] == [True, True]


def test_a_folder_that_cannot_be_written_is_said_and_claims_no_state(watched: Watched) -> None:
    blobs = watched.recorded.runs / "blobs"
    for folder, _, files in os.walk(blobs, topdown=False):
        for file in files:
            os.unlink(Path(folder, file))
        os.rmdir(folder)
    blobs.write_text("in the way")
    known = len(watched.recorded.events("random_state"))
    random.random()
    watched.run(lambda: None)
    assert len(watched.recorded.events("random_state")) == known
    (warning,) = watched.recorded.events("warning")
    assert warning["message"].startswith("The states of random numbers could not be kept: ")


def test_every_draw_from_the_system_is_recorded_in_order(watched: Watched) -> None:
    drawn: list[int] = []

    def cell() -> None:
        for _ in range(300):
            drawn.append(np.random.default_rng().bit_generator.seed_seq.entropy)

    watched.run(cell)
    watched.run(lambda: np.random.default_rng(3))
    events = watched.recorded.events("entropy")
    assert [int(value, 16) for event in events for value in event["values"]] == drawn
    assert {event["n"] for event in events} == {1}
    # The first ones, at least, are on the disk at once.
    assert [len(event["values"]) for event in events][:10] == [1] * 10


def test_a_numpy_that_does_not_ask_is_said_once_and_left_as_it_was() -> None:
    said: list[str] = []
    module = types.SimpleNamespace(randbits=lambda bits: 5, SeedSequence=np.random.SeedSequence)
    original = module.randbits
    entropy = Entropy(lambda: 1, lambda n, values: None, lambda flush: None, said.append)
    entropy.listen(module)
    assert module.randbits is original
    entropy.listen(None)
    assert len(set(said)) == 1
    assert "give them a seed" in said[0]


def test_what_somebody_else_put_in_place_stays(watched: Watched) -> None:
    usual = bit_generator.randbits
    try:
        bit_generator.randbits = theirs = functools.partial(usual)
        watched.randomness.stop()
        assert bit_generator.randbits is theirs
        np.random.default_rng()
    finally:
        bit_generator.randbits = usual.__wrapped__
    assert watched.recorded.events("entropy") == []


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of modules that can be imported."""
    monkeypatch.syspath_prepend(tmp_path)
    known = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - known:
        del sys.modules[name]


def test_a_listener_hears_once_of_a_module_that_is_whole(modules: Path) -> None:
    (modules / "heard.py").write_text("value = 1")
    heard: list[int] = []
    hook = ImportHook({"heard": lambda module: heard.append(module.value)})
    before = list(sys.meta_path)
    hook.install()
    hook.install()
    spec = importlib.util.find_spec("heard")
    assert (spec is not None, heard) == (True, [])
    module = importlib.import_module("heard")
    importlib.reload(module)
    hook.remove()
    assert heard == [1]
    assert sys.meta_path == before
    assert json.dumps(sorted(vars(module.__loader__))) == '["name", "path"]'


def test_a_listener_that_fails_and_finders_that_ask_each_other_do_no_harm(modules: Path) -> None:
    (modules / "heard.py").write_text("value = 1")

    class Asking:
        def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
            if name == "heard":
                for finder in sys.meta_path:
                    if finder is not self and (spec := finder.find_spec(name, path, target)):
                        return spec
            return None

    def fail(module: object) -> None:
        raise SystemExit

    hook = ImportHook({"heard": fail})
    asking = Asking()
    hook.install()
    sys.meta_path.insert(1, asking)  # type: ignore[arg-type]
    try:
        assert importlib.import_module("heard").value == 1
    finally:
        hook.remove()
        sys.meta_path.remove(asking)  # type: ignore[arg-type]


def test_what_is_looked_up_in_memory_is_what_python_tells_of_its_stream() -> None:
    stream = streams.PythonStream()
    kept = random.getstate()
    try:
        for number in range(700):
            if number % 3 == 0:
                random.random()
            if number % 5 == 0:
                random.gauss(0, 1)
            if number % 100 == 0:
                random.seed(number)
            assert stream() == streams._python(random.getstate())
    finally:
        random.setstate(kept)
