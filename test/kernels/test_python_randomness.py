"""Random numbers of a real kernel: recorded, repeated by an exported script, and never disturbed."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

UNSEEDED = [
    "import random\nprint(random.random(), random.gauss(0, 1))",
    "x = list(range(8))\nrandom.shuffle(x)\nprint(x, random.gauss(0, 1))",
    # numpy is imported and used in one cell, so that its state before the cell tells nothing.
    "import numpy as np\nprint(np.random.rand(3).tolist(), float(np.random.randn()))",
    "print(float(np.random.randn()), np.random.permutation(5).tolist())",
    "rng = np.random.default_rng()\nprint(rng.random(3).tolist())",
    "print(rng.integers(1000), [float(np.random.default_rng().random()) for _ in range(100)])",
    "print(np.random.RandomState().randint(1000000), np.random.Generator(np.random.PCG64()).random())",
    "np.random.seed()\nprint(np.random.rand())",
    "from sklearn.datasets import make_classification\nfrom sklearn.ensemble import RandomForestClassifier\n"
    "from sklearn.model_selection import train_test_split\nfrom sklearn.neural_network import MLPClassifier\n"
    "X, y = make_classification(120, 8)\na, b, c, d = train_test_split(X, y)\n"
    "print(a.sum(), b.sum(), c.tolist())",
    "forest = RandomForestClassifier(5).fit(a, c)\nprint(forest.predict_proba(b).tolist())",
    "import warnings\nwarnings.simplefilter('ignore')\n"
    "net = MLPClassifier((6,), max_iter=15).fit(a, c)\nprint(net.loss_curve_)",
    "def sample():\n    return random.random() + np.random.rand()\n[sample() for _ in range(3)]",
    "get_ipython() and None\nprint(random.getrandbits(64), np.random.bytes(4))",
]


# The command line as it is shipped: in one file.
BUNDLE = """require("esbuild").buildSync({
    entryPoints: ["src/cli/main.ts"], outfile: process.argv[1], bundle: true, platform: "node", format: "esm",
    define: {BACKTRAIL_VERSION: '"0.0.0"'},
})"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command line."""
    path = tmp_path_factory.mktemp("program") / "backtrail.mjs"
    subprocess.run(["node", "-e", BUNDLE, str(path)], cwd=ROOT, check=True)
    return path


class Script:
    """A run exported by the command line, and run in fresh processes."""

    def __init__(self, program: Path, folder: Path, kernel: Any, run: str) -> None:
        self.path = folder / "script.py"
        words = ["export", run, "--whole", "-o", str(self.path), "--root", str(kernel.folder)]
        done = subprocess.run(["node", str(program), *words], capture_output=True, text=True, check=True)
        self.said = done.stderr
        self.folder = folder

    @property
    def text(self) -> str:
        return self.path.read_text()

    def run(self, **environment: str) -> str:
        """What it prints."""
        names = {name: value for name, value in os.environ.items() if name != "PYTHONHASHSEED"}
        done = subprocess.run(
            [sys.executable, str(self.path)],
            check=False, capture_output=True, text=True, cwd=self.folder, env={**names, **environment},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout


def shown(answer: Any) -> str:
    """What an execution showed, as a script shows it."""
    values = [c["data"]["text/plain"] + "\n" for kind, c in answer.outputs if kind == "execute_result"]
    return str(answer.text) + "".join(values)


def without_states(script: Script) -> Script:
    """The same script without anything that was recorded of random numbers."""
    script.path.write_text(re.sub(r"^_nb\.(restore|entropy)\(.*\n", "", script.text, flags=re.MULTILINE))
    return script


def finished(kernel: Any) -> str:
    """The run of the first cell, once the kernel has ended and everything is written."""
    run = kernel.run_ids()[0]
    kernel.shutdown()
    return str(run)


def test_an_unseeded_notebook_gives_the_same_numbers_again(
    tracked: Any, tmp_path: Path, program: Path
) -> None:
    seen = [shown(tracked.run(source)) for source in UNSEEDED]
    assert all(seen)
    script = Script(program, tmp_path, tracked, finished(tracked))
    assert script.run() == script.run() == "".join(seen)
    # With nothing recorded none of the cells would have.
    others = without_states(script).run().splitlines()
    assert not set(others) & set("".join(seen).splitlines())


def test_what_changes_a_stream_between_and_beside_the_cells_is_put_back(
    tracked: Any, tmp_path: Path, program: Path
) -> None:
    seen = [shown(tracked.run("import random, numpy as np\nprint(random.random(), np.random.rand())"))]
    # A widget's callback, for one: there is no cell.
    tracked.run("random.random(), np.random.rand()", silent=True)
    seen += [shown(tracked.run("print(random.random(), np.random.rand())"))]
    tracked.run("random.seed()")
    tracked.run("print()")
    seen += ["\n", shown(tracked.run("print(random.random(), np.random.rand())"))]
    tracked.run("state = random.getstate()\nrandom.random()\nrandom.setstate(state)\n1 / 0")
    seen += [shown(tracked.run("print(random.random())"))]
    script = Script(program, tmp_path, tracked, finished(tracked))
    assert script.run() == "".join(seen)
    assert script.text.count('_nb.restore("python"') == 3


def test_a_run_that_was_killed_while_it_drew_repeats_up_to_there(
    tracked: Any, tmp_path: Path, program: Path
) -> None:
    request = tracked.send(
        "import numpy as np, sys, time\n"
        "for _ in range(3):\n    print(np.random.default_rng().random())\n"
        "print(np.random.rand(), flush=True)\n"
        "open('drawn', 'w').close()\n"
        "time.sleep(60 if 'ipykernel' in sys.modules else 0)"
    )
    tracked.eventually((tracked.folder / "drawn").exists)
    tracked.manager.signal_kernel(9)
    text = ""
    while text.count("\n") < 4:
        message = tracked.client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request and message["msg_type"] == "stream":
            text += message["content"]["text"]
    script = Script(program, tmp_path, tracked, tracked.run_ids()[0])
    assert script.run() == text


def test_the_hash_seed_is_recorded_and_orders_sets_again(
    start_kernel: Any, tmp_path: Path, program: Path
) -> None:
    kernel = start_kernel(PYTHONHASHSEED="12")
    kernel.attach()
    seen = shown(kernel.run("print(list({str(n) for n in range(40)}), hash('a'))"))
    script = Script(program, tmp_path, kernel, finished(kernel))
    assert kernel.events("environment")[0]["variables"]["PYTHONHASHSEED"] == "12"
    assert script.run() == script.run(PYTHONHASHSEED="7") == script.run(PYTHONHASHSEED="12") == seen


def test_a_kernel_without_a_hash_seed_says_so(tracked: Any, tmp_path: Path, program: Path) -> None:
    tracked.run("print(1)")
    script = Script(program, tmp_path, tracked, finished(tracked))
    assert tracked.events("environment")[0]["variables"]["PYTHONHASHSEED"] is None
    assert "hash_seed" not in script.text
    # Nor does a script hold states of which nothing was drawn.
    assert not re.search(r"_nb\.(?:restore|entropy|recorded)\(", script.text)


SEEDED = [
    "import random, numpy as np, hashlib\nrandom.seed(1)\nnp.random.seed(2)\nrng = np.random.default_rng(3)",
    "random.random(), random.gauss(0, 1), np.random.randn(), rng.random()",
    "np.random.RandomState(4).rand(), random.Random(5).random(), np.random.default_rng(6).random()",
    "from sklearn.ensemble import RandomForestClassifier\n"
    "RandomForestClassifier(3).fit([[1], [2], [3]], [0, 1, 0]).predict_proba([[2]]).tolist()",
    "1 / 0",
    "np.random.randn()",
    "%timeit -n 2 -r 2 -q random.random()",
    "def digest(state): return hashlib.sha256(repr(state).encode()).hexdigest()\n"
    "n = np.random.get_state(legacy=False)\nn['state'] = n['state']['key'].tobytes(), n['state']['pos']\n"
    "[digest(random.getstate()), digest(n), rng.bit_generator.state]",
]


def test_the_streams_go_on_bit_for_bit_as_without_the_tracker(start_kernel: Any) -> None:
    plain, tracked = start_kernel("plain"), start_kernel("tracked")
    tracked.attach()
    for source in SEEDED:
        without, recorded = (kernel.run(source) for kernel in (plain, tracked))
        assert [kind for kind, _ in recorded.outputs] == [kind for kind, _ in without.outputs]
        if without.status == "ok":
            assert shown(recorded) == shown(without), source
    assert {(e["library"], e["value"], e["cell"]) for e in tracked.events("seed")} == {
        ("python", 1, 1), ("numpy", 2, 1), ("numpy", 3, 1),
        ("numpy", 4, 3), ("python", 5, 3), ("numpy", 6, 3),
    }  # fmt: skip


def test_it_is_known_which_executions_drew(tracked: Any) -> None:
    tracked.run("import random, numpy as np")
    tracked.run("random.random()")
    tracked.run("1 + 1")
    tracked.run("rng = np.random.default_rng(1)")
    tracked.run("rng.random(); np.random.rand()")
    tracked.run("np.random.seed(1)")
    tracked.run("np.random.seed(1)")
    events = {event["n"]: event for event in tracked.events("random")}
    assert {n: (sorted(e["streams"]), sorted(e["generators"])) for n, e in events.items()} == {
        2: (["python"], []), 4: ([], ["rng"]), 5: (["numpy"], ["rng"]), 6: (["numpy"], []),
    }  # fmt: skip
    assert events[5]["generators"]["rng"]["before"] == events[4]["generators"]["rng"]["after"]
    assert events[6]["streams"]["numpy"]["before"] == events[5]["streams"]["numpy"]["after"]
    # The second time nothing changed, and yet the seed was set.
    assert [event["cell"] for event in tracked.events("seed")] == [4, 6, 7]


def test_the_seeds_of_a_run_are_in_its_summary_and_make_no_run_of_their_own(tracked: Any) -> None:
    tracked.run("import random\nrandom.seed(3)")
    tracked.run(
        "import backtrail\nbacktrail.set_seed(4)\nbacktrail.start_run('a')\nbacktrail.log_param('x', 1)"
    )
    (run,) = tracked.run_ids()
    summary = tracked.eventually(lambda: (s := tracked.summary(run)) and s["cells"][-1]["duration"] and s)
    assert summary["seeds"] == [
        {"library": "python", "value": 3, "cell": 1},
        {"library": "python", "value": 4, "cell": 2},
    ]
    assert summary["rng"] == {"seeded": True, "recorded": True}


def test_detaching_leaves_the_imports_and_numpy_as_they_were(kernel: Any) -> None:
    kernel.run(
        "import numpy.random.bit_generator as bits, sys, pickle\nwas = list(sys.meta_path), bits.randbits"
    )
    kernel.attach()
    assert kernel.expression("bits.randbits == was[1]") is False
    kernel.attach(capture=False)
    assert kernel.expression("sys.meta_path == was[0] and bits.randbits == was[1]") is True


@pytest.mark.parametrize(
    "body",
    [
        "raise RuntimeError('broken')",
        "import no_such_module",
        "import warnings\nwarnings.warn('old', stacklevel=2)",
    ],
)
def test_an_import_that_fails_or_warns_looks_as_it_always_does(start_kernel: Any, body: str) -> None:
    kernels = [start_kernel("plain"), start_kernel("tracked")]
    kernels[1].attach()
    seen = []
    for kernel in kernels:
        (kernel.folder / "torch").mkdir()
        (kernel.folder / "torch/__init__.py").write_text(body)
        answer = kernel.run("import torch")
        seen.append(
            repr(answer.outputs)
            .replace(str(kernel.folder), "")
            .replace(str(kernel.manager.provisioner.pid), "")
        )
    assert seen[0] == seen[1]
    assert len(seen[0]) > 10


def test_an_imported_library_can_be_reloaded_pickled_and_imported_lazily(tracked: Any) -> None:
    answer = tracked.run(
        "import importlib, importlib.util, pickle, sys\n"
        "spec = importlib.util.find_spec('numpy.random')\npickle.loads(pickle.dumps(spec))\n"
        "import numpy as np\n"
        "kept = pickle.loads(pickle.dumps((np.random.default_rng, np.random.seed, np.random.__spec__)))\n"
        "assert kept[0] is np.random.default_rng\n"
        "assert 'exec_module' not in vars(np.random.__loader__)\n"
        "generator = pickle.loads(pickle.dumps(np.random.default_rng()))\n"
        "importlib.reload(np.random)\nnp.random.rand()"
    )
    assert (answer.status, answer.text) == ("ok", "")
    assert tracked.events("warning") == []
