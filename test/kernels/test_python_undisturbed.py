"""Whole notebooks are the same with the tracker as without: outputs, namespace, random streams, warnings."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent / "undisturbed"
NOTEBOOKS = sorted(path.stem for path in FOLDER.glob("*.cells"))

STREAMS = """(lambda h, n: [h(repr(__import__('random').getstate()).encode()).hexdigest(),
    n and h(n.random.get_state()[1].tobytes()).hexdigest()])(
    __import__('hashlib').sha256, __import__('sys').modules.get('numpy'))"""

NAMESPACE = """sorted((n, type(v).__name__, repr(v) if type(v) in (int, float, str, bool) else '')
    for n, v in get_ipython().user_ns.items() if n not in ('pid', '__session__'))"""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_gives_the_same_with_the_tracker(start_kernel: Any, name: str) -> None:
    cells = (FOLDER / f"{name}.cells").read_text().split("# %%\n")[1:]
    fixed = {"PYTHONHASHSEED": "1"}
    plain, tracked = start_kernel("plain", **fixed), start_kernel("other", **fixed)
    for one in (plain, tracked):
        one.run("__import__('random').seed(7)", silent=True)
    assert tracked.attach()["state"] == "recording"
    for number, source in enumerate(cells):
        answers = [one.run(source.strip("\n"), f"cell-{number}") for one in (plain, tracked)]
        shown = [_comparable(answer, plain, tracked) for answer in answers]
        assert shown[1] == shown[0], source
        assert answers[1].status == answers[0].status
        assert tracked.expression(STREAMS) == plain.expression(STREAMS), source
    assert tracked.expression(NAMESPACE) == plain.expression(NAMESPACE)
    for one in (plain, tracked):
        one.shutdown()
    assert {event["n"] for event in tracked.events("cell_end")} >= set(range(1, len(cells) + 1))
    faults = [event["message"] for event in tracked.events("warning") if "in Backtrail" in event["message"]]
    assert faults == []


def _comparable(answer: Any, *kernels: Any) -> str:
    """What the user sees, without what differs between these kernels anyway.

    The number of a process may be that of a line as well: so those of both are taken out of what each shows.
    """
    text = "".join(f"\n{kind}: {content}" for kind, content in _joined(answer.outputs))
    for kernel in kernels:
        text = text.replace(str(kernel.folder), "FOLDER")
    pids = "|".join(str(kernel.manager.provisioner.pid) for kernel in kernels)
    text = re.sub(rf"(?<!\d)(?:{pids})(?!\d)", "PID", text)
    return re.sub(r"0x[0-9a-f]{6,}|ipykernel_\d+/\d+\.py|(?<=/)\d{6,}\.py", "…", text)


def _joined(outputs: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Text of one stream that came in several messages is one text: how it is cut is a matter of time."""
    joined: list[tuple[str, Any]] = []
    for kind, content in outputs:
        last = joined[-1] if joined else (None, None)
        if kind == "stream" == last[0] and content["name"] == last[1]["name"]:
            joined[-1] = (kind, {**content, "text": last[1]["text"] + content["text"]})
        else:
            joined.append((kind, content))
    return joined
