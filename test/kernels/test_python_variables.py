"""Variables of a real kernel: told truly, and never disturbed."""

from __future__ import annotations

from typing import Any

CELLS = [
    "import numpy as np\nrate, layers = 0.1, [8, 8]\ndata = np.arange(12.0).reshape(3, 4)",
    "view = data[1:]\nalias = layers\ndef train(steps):\n    return [rate * s for s in range(steps)]",
    "history = train(3)\nalias.append(4)",
    "view[:] = 0",
    "class Model:\n    def __init__(self):\n        self.weights = [0.0]\n"
    "    def fit(self, x):\n        self.weights[0] += x * rate\n        return self\nmodel = Model()",
    "model.fit(2)\nNone",
    "%time total = sum(history)",
    "%%time\nmodel.fit(len(history))\nNone",
    "!echo {rate} $total",
    "import os\nos.chdir('..')",
    "history[0] + 1",
    "_ + 1",
    "1 / 0",
    "rate = 0.2; 1 / 0",
    "exec('made = ' + str(rate))",
    "import asyncio\nawait asyncio.sleep(0)\nafter_await = 1",
    "get_ipython().run_cell('layers.append(5)\\nnested = 1')\nNone",
    "del alias",
]


def effects(event: dict[str, Any]) -> dict[str, Any]:
    """The names alone."""
    told: dict[str, Any] = {
        key: event[key] for key in ("reads", "deleted", "unknown", "hidden") if key in event
    }
    return told | {key: sorted(event[key]) for key in ("bound", "changed") if key in event}


def test_each_execution_tells_what_it_did(tracked: Any) -> None:
    for number, cell in enumerate(CELLS):
        tracked.run(cell, f"c{number}", stop=False)
    told = {event["n"]: event for event in tracked.events("variables")}
    names = {n: effects(event) for n, event in told.items()}
    assert names[1] == {"bound": ["data", "layers", "np", "rate"]}
    assert names[2] == {"reads": ["data", "layers"], "bound": ["alias", "train", "view"]}
    assert names[3] == {
        "reads": ["alias", "rate", "train"],
        "bound": ["history"],
        "changed": ["alias", "layers"],
    }
    assert names[4] == {"reads": ["view"], "changed": ["data", "view"]}
    assert names[6] == {"reads": ["Model", "model", "rate"], "changed": ["model"]}
    assert names[7] == {"reads": ["history"], "bound": ["total"]}
    assert names[8] == {"reads": ["Model", "history", "model", "rate"], "changed": ["model"]}
    assert names[9]["reads"] == ["rate", "total"]
    assert names[10]["hidden"] == {"writes": ["cwd"]}
    assert names[11]["bound"] == ["_11"]
    assert names[12]["reads"] == ["_11"]
    assert set(names[13]) == {"hidden"}
    assert names[14]["bound"] == ["rate"]
    assert names[14]["unknown"] == ["failed after changing state"]
    assert names[15]["unknown"] == ["exec"]
    assert names[15]["bound"] == ["made"]
    assert "after_await" in names[16]["bound"]
    outer, inner = names[17], names[18]
    assert inner["bound"] == ["nested"]
    assert inner["changed"] == ["alias", "layers"]
    assert "changed" in outer or "nested" in outer["bound"]
    assert names[19]["deleted"] == ["alias"]
    assert {"data", "view"} in [set(group) for group in told[4]["shared"]]
    assert told[1]["bound"]["data"] == {
        "type": "ndarray",
        "shape": [3, 4],
        "dtype": "float64",
        "size": 96,
        "fingerprint": told[1]["bound"]["data"]["fingerprint"],
        "seen": "exact",
        "preview": "ndarray float64 (3, 4)",
    }
    assert not tracked.events("warning")


def test_two_kernels_give_equal_values_equal_fingerprints(start_kernel: Any) -> None:
    source = (
        "import numpy as np\nfrom sklearn.ensemble import RandomForestClassifier\n"
        "kinds = {'a', 'b', 'c'}\ndef f(x, k={'m', 'n'}): return x in {'p', 'q'}\n"
        "class C:\n    s = {'u', 'v'}\n"
        "c = C(); c.kinds = kinds\nX = np.random.default_rng(0).random((60, 3))\n"
        "forest = RandomForestClassifier(3, random_state=0).fit(X, X[:, 0] > 0.5)"
    )
    told = []
    for seed in ("1", "77"):
        kernel = start_kernel(f"seed{seed}", PYTHONHASHSEED=seed)
        kernel.attach()
        assert kernel.run(source).status == "ok"
        (event,) = kernel.events("variables")
        told.append({name: value["fingerprint"] for name, value in event["bound"].items()})
    assert told[0] == told[1]
    assert len(told[0]) == 8


def test_nothing_of_a_kernel_is_disturbed(tracked: Any) -> None:
    assert tracked.run("import weakref, gc, sys").status == "ok"
    source = (
        "class Big:\n    pass\nbig = Big(); seen = weakref.ref(big)\nprint(sys.getrefcount(big))",
        "print(sys.getrefcount(big), gc.get_referrers(big) == [globals()] or len(gc.get_referrers(big)))",
        "del big\nprint(seen() is None)",
    )
    texts = [tracked.run(cell).text for cell in source]
    assert texts[0] == "2\n"
    assert texts[1].startswith("2 ")
    assert texts[2] == "True\n"
    assert not tracked.events("warning")


def test_executions_in_subshells_are_marked(tracked: Any) -> None:
    tracked.run("import time\nitems = []")
    control = tracked.client.control_channel
    message = tracked.client.session.msg("create_subshell_request", {})
    control.send(message)
    subshell = control.get_msg(timeout=60)["content"]["subshell_id"]
    # It goes on until the other has done its work.
    long = tracked.send(
        "open('begun', 'w').close()\nwhile len(items) < 1:\n    time.sleep(0.02)\nitems.append(1)"
    )
    tracked.eventually((tracked.folder / "begun").exists)
    tracked.wait(tracked.send("items.append(2)", subshell=subshell), long)
    events = {event["n"]: event for event in tracked.events("variables")}
    assert events[2]["concurrent"] is True
    assert events[3]["concurrent"] is True
    assert set(events[3]["changed"]) == {"items"}
    assert set(events[2]["changed"]) == {"items"}


def test_what_a_widget_does_right_after_a_cell_is_not_the_cells(tracked: Any) -> None:
    tracked.run(
        "import random\ndef opened(comm, message):\n    global moved\n    moved = [random.randint(5, 5)]\n"
        "get_ipython().kernel.comm_manager.register_target('slider', opened)\nmoved = [1]\nimport time"
    )
    cell = tracked.send("open('begun', 'w').close()\ntime.sleep(0.5)\nown = moved[0]")
    tracked.eventually((tracked.folder / "begun").exists)
    # It waits while the cell runs, and is attended to as soon as that is answered.
    tracked.client.shell_channel.send(
        tracked.client.session.msg(
            "comm_open", {"comm_id": "0" * 32, "target_name": "slider", "data": {}, "target_module": None}
        )
    )
    tracked.wait(cell)
    tracked.run("again = moved[0]")
    events = {event["n"]: event for event in tracked.events("variables")}
    assert set(events[2]["bound"]) == {"own"}
    assert "changed" not in events[2]
    assert events[3]["unknown"] == ["changed between executions: moved"]
    drawn = [event["n"] for event in tracked.events("random")]
    assert drawn == []
    assert tracked.expression("(own, again)") == [1, 5]
