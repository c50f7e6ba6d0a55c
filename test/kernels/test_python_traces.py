"""The tracker leaves no trace in what the user sees, and no fault of it reaches a cell."""

from __future__ import annotations

import re
import sys
from typing import Any

import pytest

STATE = """{
    'names': sorted(get_ipython().user_ns), 'hidden': sorted(get_ipython().user_ns_hidden),
    'in': list(In), 'out': sorted(Out), 'count': get_ipython().execution_count,
    'history': [list(entry) for entry in get_ipython().history_manager.get_range()],
    'random': __import__('hashlib').sha256(repr(__import__('random').getstate()).encode()).hexdigest(),
    'path': __import__('sys').path, 'filters': repr(__import__('warnings').filters),
    'cwd': __import__('os').getcwd(), 'environ': dict(__import__('os').environ),
    'trace': repr(__import__('sys').gettrace()), 'hook': repr(__import__('sys').excepthook),
    'signals': repr(__import__('signal').getsignal(2)),
    'meta': [repr(f) for f in __import__('sys').meta_path if 'backtrail' not in type(f).__module__],
    'stdout': repr(__import__('sys').stdout), 'umask': __import__('os').umask(0o22),
}"""

CELLS = [
    "import random\nrandom.seed(3)\nx = random.random()\nx",
    "print('out')\nimport sys\nprint('err', file=sys.stderr)",
    "1/0",
    "if if",
    "%no_such_magic",
    "get_ipython().run_cell('y = x')\n_",
    "import warnings\nwarnings.warn('careful')",
    "await __import__('asyncio').sleep(0)\nrandom.random()",
    "%%capture said\nprint('kept')",
    "said.stdout, sorted(name for name in globals() if not name.startswith('_')), _i, len(In), len(Out)",
    "raise SystemExit(2)",
    "!echo shell",
    "x = 5;",
    "",
    "display({'a': 1})\nx",
]


def test_attaching_leaves_everything_as_it_was(kernel: Any) -> None:
    kernel.run("import random; random.seed(7); 1 + 1")
    before = kernel.expression(STATE)
    for _ in range(3):
        assert kernel.attach()["state"] == "recording"
    after = kernel.expression(STATE)
    assert after == before


def test_outputs_are_the_same_with_and_without_the_tracker(start_kernel: Any) -> None:
    plain, tracked = start_kernel("plain"), start_kernel("tracked")
    assert tracked.attach()["state"] == "recording"
    for number, source in enumerate(CELLS):
        shown = [kernel.run(source, f"cell-{number}") for kernel in (plain, tracked)]
        pids = [str(kernel.manager.provisioner.pid) for kernel in (plain, tracked)]
        texts = [
            re.sub(rf"(?<!\d)(?:{'|'.join(pids)})(?!\d)", "PID", repr(answer.outputs)) for answer in shown
        ]
        assert texts[1] == texts[0], source
        assert shown[1].reply["execution_count"] == shown[0].reply["execution_count"]
    assert len(tracked.events("cell_end")) > len(CELLS) - 2


@pytest.mark.parametrize(
    "place",
    [
        "backtrail.tracker.cells.Cells._begin",
        "backtrail.tracker.cells.Cells._end",
        "backtrail.tracker.cells.Cells._parent",
        "backtrail.tracker.cells.Cells._close",
        "backtrail.tracker.cells.Cells.settle",
        "backtrail.tracker.afterwards.Afterwards.do",
        "backtrail.tracker.afterwards.Afterwards.settle",
        "backtrail.tracker.cells.Cells._close",
        "backtrail.tracker.cells.Cells._failed",
        "backtrail.tracker.outcome.of",
        "backtrail.tracker.randomness.Randomness.before",
        "backtrail.tracker.randomness.Randomness.after",
        "backtrail.tracker.streamset.StreamSet.read",
        "backtrail.tracker.recorder.Recorder.cell_started",
        "backtrail.tracker.recorder.Recorder.cell_ended",
        "backtrail.tracker.upkeep.Upkeep.check",
        "backtrail.tracker.session.Session.write",
        "backtrail.tracker.session.Session.check",
        "backtrail.tracker.log.Log.write",
        "backtrail.tracker.log.Log.check",
        "backtrail.tracker.log.Log.sync",
        "backtrail.tracker.surroundings.Surroundings.note_imports",
        "backtrail.tracker.surroundings.Surroundings.note_code",
        "backtrail.tracker.background.Background.do",
        "backtrail.tracker.summaries.Summaries.write",
        "backtrail.runlog.times.now",
        "backtrail.runlog.ids.new_id",
    ],
)
@pytest.mark.parametrize("fault", ["SystemExit", "KeyboardInterrupt", "MemoryError"])
def test_a_fault_in_the_tracker_never_reaches_a_cell(shared: Any, place: str, fault: str) -> None:
    module, name = _split(place)
    owner, _, attribute = name.rpartition(".")
    # Replaced without a name in the namespace, and put back afterwards.
    reach = f"__import__({module!r}, fromlist=['x'])" + (f".{owner}" if owner else "")
    broken = f"exec('def broken(*a, **k): raise {fault}', s := {{}}) or s['broken']"
    swap = f"[o := {reach}, k := getattr(o, {attribute!r}), setattr(o, {attribute!r}, {broken}), "
    keep = "setattr(__import__('builtins'), '_kept', k)] and None"
    shared.expression(f"(lambda: {swap}{keep})()")
    try:
        answers = [shared.run(source) for source in ("v = 1\nv", "1/0", "print('on')\nv + 1")]
    finally:
        shared.expression(f"setattr({reach}, {attribute!r}, __import__('builtins')._kept)")
    good, bad, printed = answers
    assert [(kind, content["data"]) for kind, content in good.outputs] == [
        ("execute_result", {"text/plain": "1"})
    ]
    assert (bad.reply["ename"], len(bad.outputs)) == ("ZeroDivisionError", 1)
    assert printed.text == "on\n"
    assert printed.outputs[-1][1]["data"] == {"text/plain": "2"}
    assert shared.run("'after'").status == "ok"


def _split(place: str) -> tuple[str, str]:
    words = place.split(".")
    return ".".join(words[:3]), ".".join(words[3:])


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One kernel for all faults: it has to survive them all."""
    kernel = _kernel_class()(tmp_path_factory.mktemp("faults"))
    assert kernel.attach()["state"] == "recording"
    yield kernel
    kernel.close()


def _kernel_class() -> Any:
    return next(m for name, m in sys.modules.items() if name.endswith("kernels.conftest")).Kernel
