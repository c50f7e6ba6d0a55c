"""Runs of real kernels of tslab are exported, replayed and compared; kernels that record themselves."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient

ROOT = Path(__file__).parents[3]
PROGRAM = ROOT / "backtrail" / "cli" / "backtrail.mjs"
TSX = ROOT / "node_modules" / "tsx" / "dist" / "cli.mjs"

# As conftest.py has them; pytest imports that file by no name.
Kernel = Any
Make = Callable[..., Kernel]

# It never sets a seed; types, a class, a module beside it, a promise, a failure, and a file that it writes.
CELLS = [
    "import * as fs from 'fs';\nimport { half } from './half';",
    "interface Model { weight: number }\ntype Loss = number;",
    "const unused = 'nothing needs this';",
    "const rows = fs.readFileSync('data.csv', 'utf8').trim().split('\\n').map(Number);",
    "const model: Model = { weight: Math.random() };",
    "function loss({ weight }: Model): Loss {\n"
    "  return half(rows.reduce((sum, row) => sum + (row - weight) ** 2, 0));\n}",
    "for (let step = 0; step < 5; step++) {\n  model.weight += 0.1 * Math.random();\n"
    "  console.log(`step ${step} loss: ${loss(model)}`);\n}",
    "const later = await new Promise<number>(done => setTimeout(() => done(Math.random()), 5)); later",
    "let x = 1;\nthrow new RangeError('too far');",
    "let y: string = 1;",
    "fs.writeFileSync('model.json', JSON.stringify([model, later]));",
]

# What joining the sources would not repeat, and what draws behind a cell that has ended.
QUIRKS = [
    "let n = 1; function up() { n++; return n }\nconst a: number = 1;",
    "n = 100; up()",
    "const a: string = 'declared again'; a",
    "class P { v = 1 }\nnew P().v",
    "class P { v = 2 }\nconst p = new P(); p",
    "enum E { One = 1, Two }\nE.Two",
    "interface Q { x: number }",
    "const q: Q = { x: Math.random() }; q.x",
    "throw new TypeError('no')",
    "import { display } from 'tslab';\ndisplay.text('shown')",
    "/** @module mine */\nexport const v = Math.random();",
    "import { v } from './mine'; v",
    "setTimeout(() => Math.random(), 20); 0",
    "Math.random()",
    "await import('os').then(os => typeof os.EOL)",
    "function* g() { yield 1; yield* [2, 3] }\n[...g()]",
    "var s = `a${1 + 1}b`; /[{}]'/.test(s)",
    "const { x = 5, ...rest } = { y: 2 } as any; [x, rest]",
]


def backtrail(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BACKTRAIL")}
    environment = {**kept, "JUPYTER_DATA_DIR": str(folder / "jupyter-data")}
    return node(folder, str(PROGRAM), *words, env=environment)


def node(folder: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    command = [shutil.which("node") or "node", *words]
    return subprocess.run(
        command, cwd=folder, env=env, check=False, capture_output=True, text=True, timeout=240
    )


def verify(folder: Path, *words: str) -> tuple[int, dict[str, Any]]:
    done = backtrail(folder, "verify", "latest", "--root", str(folder), "--json", *words)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


def with_files(folder: Path) -> Path:
    (folder / "data.csv").write_text("1\n2\n6\n", encoding="utf-8")
    module = "export function half(value: number): number { return value / 2 }\n"
    (folder / "half.ts").write_text(module, encoding="utf-8")
    return folder


class Session:
    """A session that came to its end: what each cell printed, and the folder."""

    def __init__(self, kernel: Kernel, cells: list[str]) -> None:
        kernel.attach()
        self.printed = [kernel.run(code, f"c{index}")[1] for index, code in enumerate(cells)]
        self.folder: Path = kernel.folder
        kernel.stop()
        self.log = "".join(path.read_text() for path in kernel.runs.glob("nb/sessions/*.jsonl"))


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, make_kernel: Make) -> Session:
    return Session(make_kernel(with_files(tmp_path_factory.mktemp("repeat"))), CELLS)


def test_a_run_that_set_no_seed_comes_to_the_same_again(session: Session) -> None:
    code, found = verify(session.folder, "--whole")
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    compared = found["compared"]
    assert compared["cells"] == len(CELLS)
    assert compared["variables"] >= 5
    assert compared["files"] == 1
    assert compared["outputs"] >= 2
    assert not (session.folder / "runs" / "nb" / "tree").exists()


def test_what_the_results_need_is_enough_and_is_all_that_is_played(session: Session) -> None:
    code, found = verify(session.folder)
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    left = {one["n"]: one["reasons"][0] for one in found["slice"]["left"]}
    assert left == {3: "nothing kept reads its `unused`", 10: "never ran: it was not compiled"}


def test_a_verdict_is_kept_with_the_run(session: Session) -> None:
    verify(session.folder)
    done = backtrail(session.folder, "show", "latest", "--root", str(session.folder), "--json")
    assert json.loads(done.stdout)["verified"]["verdict"] == "identical"


def test_a_module_that_was_edited_since_is_had_as_it_was_imported(session: Session) -> None:
    module = session.folder / "half.ts"
    before = module.read_text(encoding="utf-8")
    try:
        module.write_text(before.replace("/ 2", "/ 3"), encoding="utf-8")
        code, found = verify(session.folder)
    finally:
        module.write_text(before, encoding="utf-8")
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    assert "half.ts has changed since the run: the replay had it as it was then" in json.dumps(found), found


def test_a_changed_input_is_named_with_the_cell_that_reads_it(session: Session) -> None:
    data = session.folder / "data.csv"
    try:
        data.write_text("1\n2\n9\n", encoding="utf-8")
        code, found = verify(session.folder)
    finally:
        data.write_text("1\n2\n6\n", encoding="utf-8")
    assert (found["verdict"], code) == ("differs", 1)
    assert (found["first"]["n"], found["first"]["name"]) == (4, "rows")
    assert found["cause"] == {
        "kind": "input changed",
        "says": "data.csv, which cell [4] reads, is not what it was.",
    }


def test_a_replay_changes_nothing_of_the_users(session: Session) -> None:
    model = session.folder / "model.json"
    before = model.stat().st_mtime_ns, model.read_bytes()
    verify(session.folder)
    assert (model.stat().st_mtime_ns, model.read_bytes()) == before


@pytest.mark.parametrize("more", [[], ["--whole"]])
def test_the_script_shows_and_writes_what_the_notebook_did(
    session: Session, tmp_path: Path, more: list[str]
) -> None:
    folder = with_files(tmp_path)
    script = folder / "again.ts"
    done = backtrail(
        session.folder, "export", "latest", "--root", str(session.folder), "-o", str(script), *more
    )
    assert done.returncode == 0, done.stderr
    ran = node(folder, str(TSX), script.name)
    assert (ran.returncode, ran.stdout) == (0, "".join(session.printed[6:8]))
    assert "RangeError: too far" in ran.stderr
    assert (folder / "model.json").read_bytes() == (session.folder / "model.json").read_bytes()


def test_an_exported_notebook_draws_the_same_in_a_kernel(
    session: Session, tmp_path: Path, make_kernel: Make
) -> None:
    folder = with_files(tmp_path)
    path = folder / "again.ipynb"
    words = ["export", "latest", "--root", str(session.folder), "--format", "notebook", "-o", str(path)]
    assert backtrail(session.folder, *words).returncode == 0
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "tslab"
    kernel = make_kernel(folder)
    printed = "".join(kernel.run(cell.source)[1] for cell in notebook.cells if cell.cell_type == "code")
    shown = [line for line in printed.splitlines() if re.match(r"step|0\.", line)]
    assert shown == "".join(session.printed[6:8]).splitlines(), printed
    assert (folder / "model.json").read_bytes() == (session.folder / "model.json").read_bytes()


def test_javascript_is_exported_and_verified_as_well(tmp_path: Path, make_kernel: Make) -> None:
    cells = ["const draws = [Math.random(), Math.random()]", "console.log('loss:', draws[0])"]
    session = Session(make_kernel(tmp_path, "javascript"), cells)
    code, found = verify(tmp_path)
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    done = backtrail(tmp_path, "export", "latest", "--root", str(tmp_path), "-o", str(tmp_path / "again.js"))
    assert done.returncode == 0, done.stderr
    ran = node(tmp_path, "again.js")
    assert ran.stdout == session.printed[1]


def test_a_cell_that_tslab_makes_unreadable_stands_in_the_script_as_a_comment(
    tmp_path: Path, make_kernel: Make
) -> None:
    cells = ["const rows = [1, 2]; const x = Math.random()", "for await (const row of rows) console.log(row)"]
    session = Session(make_kernel(tmp_path), [*cells, "x > 0"])
    assert "SyntaxError" in session.printed[1]
    code, found = verify(tmp_path, "--whole")
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    assert backtrail(tmp_path, "export", "latest", "--whole", "-o", "replay.ts").returncode == 0
    done = node(tmp_path, str(TSX), "replay.ts")
    assert (done.returncode, done.stdout) == (0, "true\n"), done.stderr
    assert "// Never run: SyntaxError" in (tmp_path / "replay.ts").read_text()


def test_the_quirks_of_tslab_are_repeated_by_a_replay_and_by_a_script(
    tmp_path: Path, make_kernel: Make
) -> None:
    session = Session(make_kernel(tmp_path), QUIRKS)
    code, found = verify(tmp_path, "--whole")
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    assert found["compared"]["cells"] == len(QUIRKS)
    script = tmp_path / "again.ts"
    backtrail(tmp_path, "export", "latest", "--root", str(tmp_path), "-o", str(script), "--whole")
    ran = node(tmp_path, str(TSX), script.name)
    printed = [text for text in session.printed if "TypeError" not in text]
    # A kernel displays what a script prints.
    printed.insert(8, "shown\n")
    assert (ran.returncode, ran.stdout) == (0, "".join(printed))


def test_a_path_of_the_users_is_the_same_in_a_replay(tmp_path: Path, make_kernel: Make) -> None:
    cells = ["import * as path from 'path';", "const model = { file: path.resolve('model.json') }"]
    Session(make_kernel(tmp_path), cells)
    code, found = verify(tmp_path)
    assert (found["verdict"], code) == ("identical", 0), found["says"]


def test_what_draws_from_the_system_is_nondeterministic(tmp_path: Path, make_kernel: Make) -> None:
    Session(
        make_kernel(tmp_path), ["import * as crypto from 'crypto';", "const id = crypto.randomUUID(); id"]
    )
    code, found = verify(tmp_path)
    assert (found["verdict"], code, found["first"]["n"]) == ("nondeterministic", 1, 2)


def test_draws_from_crypto_are_named_with_the_cell_that_makes_them(tmp_path: Path, make_kernel: Make) -> None:
    Session(
        make_kernel(tmp_path),
        [
            "import * as crypto from 'crypto'",
            "const draw = () => crypto.randomInt(2 ** 47) / 2 ** 47",
            "const loss = draw(); console.log('loss:', loss)",
        ],
    )
    code, found = verify(tmp_path)
    assert (found["verdict"], code) == ("nondeterministic", 1)
    assert found["cause"]["says"] == (
        "Cell [2] draws from `crypto`, which no seed governs; draws from `Math.random` are recorded."
    )


def test_a_run_of_which_nothing_was_compiled_is_said_to_be_so(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path)
    kernel.attach()
    kernel.run("const wrong: string = 3; console.log('loss:', wrong)")
    kernel.stop()
    for words in ([], ["--whole"]):
        code, found = verify(tmp_path, *words)
        assert (found["verdict"], code) == ("could not run", 2)
        assert found["says"].startswith("No cell of the run could be read or compiled: none of its code ran")


def test_an_interrupted_cell_is_interrupted_again(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path)
    kernel.attach()
    kernel.run("let rounds = 0")
    # tslab hears of no interrupt before the body has begun, and Node ends while it begins one.
    request = kernel.send("require('fs').writeFileSync('begun', ''); for (;;) { rounds = 1 }")
    while not (tmp_path / "begun").exists():
        time.sleep(0.05)
    kernel.manager.interrupt_kernel()
    kernel.wait(request)
    kernel.settle()
    kernel.stop()
    code, found = verify(tmp_path, "--whole")
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    # On a slower machine the time is over before the body begins there.
    for log in tmp_path.glob("runs/nb/sessions/*.jsonl"):
        text = log.read_text(encoding="utf-8")
        log.write_text(re.sub(r'"duration":[^,}]+', '"duration":0', text), encoding="utf-8")
    code, found = verify(tmp_path, "--whole")
    assert (found["verdict"], code) == ("identical", 0), found["says"]


@pytest.fixture(scope="module")
def prefix(tmp_path_factory: pytest.TempPathFactory) -> Path:
    prefix = tmp_path_factory.mktemp("prefix")
    done = backtrail(prefix, "kernelspec", "install", "--prefix", str(prefix))
    assert done.returncode == 0, done.stderr
    return prefix


class TestKernelspec:
    """``backtrail kernelspec``."""

    def execute(self, prefix: Path, path: Path, kernel: str, monkeypatch: pytest.MonkeyPatch) -> Any:
        for name in [one for one in os.environ if one.startswith("BACKTRAIL")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("JUPYTER_DATA_DIR", str(path.parent / "jupyter-data"))
        monkeypatch.setenv("JPY_SESSION_NAME", str(path))
        specs = KernelSpecManager(kernel_dirs=[str(prefix / "share" / "jupyter" / "kernels")])
        notebook = nbformat.read(path, as_version=4)
        resources = {"metadata": {"path": str(path.parent)}}
        client = NotebookClient(notebook, kernel_name=kernel, resources=resources, timeout=240)
        client.create_kernel_manager().kernel_spec_manager = specs
        return client.execute()

    @pytest.mark.parametrize("kernel", ["tslab-backtrail", "jslab-backtrail"])
    def test_a_kernel_is_recorded_from_its_first_cell_on_without_jupyterlab(
        self, prefix: Path, tmp_path: Path, kernel: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "nb.ipynb"
        sources = ["const a = Math.random()", "console.log('loss:', a, process.env.NODE_OPTIONS)"]
        cells = [nbformat.v4.new_code_cell(source) for source in sources]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        done = self.execute(prefix, path, kernel, monkeypatch)
        assert [cell.execution_count for cell in done.cells] == [1, 2]
        assert done.cells[1].outputs[0].text.endswith("undefined\n")
        code, found = verify(tmp_path)
        assert (found["verdict"], code) == ("identical", 0), found["says"]
        assert found["compared"]["cells"] == 2

    def test_the_example_that_sets_no_seed_is_repeated_bit_for_bit(
        self, prefix: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "gradient-descent.ipynb"
        shutil.copy(ROOT / "examples" / path.name, path)
        shutil.copytree(ROOT / "examples" / "data", tmp_path / "data")
        done = self.execute(prefix, path, "tslab-backtrail", monkeypatch)
        printed = "".join(
            output.text
            for cell in done.cells
            for output in cell.get("outputs", [])
            if output.name == "stdout"
        )
        assert re.search(r"^epoch 40 - loss: 0\.0\d+ - accuracy: 1$", printed, re.MULTILINE)
        weights = tmp_path / "gradient-descent.json"
        trained = weights.read_bytes()
        code, found = verify(tmp_path)
        assert (found["verdict"], code) == ("identical", 0), found["says"]
        script = tmp_path / "again.ts"
        backtrail(tmp_path, "export", "latest", "--root", str(tmp_path), "-o", str(script), "--whole")
        weights.unlink()
        ran = node(tmp_path, str(TSX), script.name)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, printed, "")
        assert weights.read_bytes() == trained

    def test_kernels_are_listed_and_removed_and_those_of_others_are_left_alone(self, tmp_path: Path) -> None:
        words = ["--prefix", str(tmp_path)]
        foreign = tmp_path / "share" / "jupyter" / "kernels" / "jslab-backtrail" / "kernel.json"
        backtrail(tmp_path, "kernelspec", "install", *words)
        foreign.write_text('{"argv": ["other"]}', encoding="utf-8")
        listed = backtrail(tmp_path, "kernelspec", "list", "--json", *words)
        assert list(json.loads(listed.stdout)["kernels"]) == ["tslab-backtrail"]
        backtrail(tmp_path, "kernelspec", "remove", *words)
        assert [path.name for path in foreign.parents[1].iterdir()] == ["jslab-backtrail"]

    def test_a_kernel_whose_tslab_is_gone_says_so(self, prefix: Path, tmp_path: Path) -> None:
        spec = prefix / "share" / "jupyter" / "kernels" / "tslab-backtrail" / "kernel.json"
        program = Path(json.loads(spec.read_text(encoding="utf-8"))["argv"][1])
        alone = tmp_path / "alone"
        shutil.copytree(program.parent, alone)
        done = node(tmp_path, str(alone / "kernel.cjs"), env={"PATH": str(tmp_path)})
        assert done.returncode == 1
        assert done.stderr.startswith("tslab was not found")


def test_a_generator_that_takes_the_place_of_math_random_is_seeded_again(
    tmp_path: Path, make_kernel: Make
) -> None:
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules" / "seedrandom").symlink_to(ROOT / "node_modules" / "seedrandom")
    cells = [
        "import seedrandom from 'seedrandom'",
        "seedrandom('all', { global: true })",
        "const unused = Math.random()",
        "const w = Math.random(); console.log('loss:', w)",
    ]
    Session(make_kernel(tmp_path), cells)
    code, found = verify(tmp_path)
    assert (found["verdict"], code) == ("identical", 0), found["says"]


def test_what_timers_log_behind_the_last_cell_is_waited_for(tmp_path: Path, make_kernel: Make) -> None:
    kernel = make_kernel(tmp_path)
    kernel.attach()
    kernel.run("import * as backtrail from 'backtrail'; let tick = 0")
    kernel.run(
        "const timer = setInterval(() => {\n"
        "  backtrail.logMetric('tick', ++tick);\n  if (tick === 3) clearInterval(timer);\n}, 100);"
    )
    points = kernel.runs / "nb"
    until = time.monotonic() + 30
    while sum(path.read_text().count("tick") for path in points.glob("*/metrics.jsonl")) < 3:
        assert time.monotonic() < until, "the timer logs nothing"
        time.sleep(0.05)
    kernel.stop()
    code, found = verify(tmp_path)
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    assert found["compared"]["points"] == 3


def test_what_a_timer_binds_while_another_cell_waits_needs_the_cell_of_the_timer(
    tmp_path: Path, make_kernel: Make
) -> None:
    session = Session(
        make_kernel(tmp_path),
        [
            "let ticks = 0; const t = setInterval(() => { ticks++; if (ticks > 3) clearInterval(t) }, 50); 0",
            "await new Promise(done => setTimeout(done, 1500)); 0",
            "const loss = ticks / 8; console.log('loss:', loss)",
        ],
    )
    assert session.printed[-1] == "loss: 0.5\n"
    assert '"unknown":["changed meanwhile: ticks"]' in session.log
    code, found = verify(tmp_path)
    assert (found["verdict"], code) == ("identical", 0), found["says"]
    assert [cell["n"] for cell in found["cells"]] == [1, 2, 3]
