"""Files that real libraries read and write without Python being told, and what is in them."""

from __future__ import annotations

import hashlib
from typing import Any


def hash_of(trial: Any, path: str) -> str:
    return hashlib.sha256((trial.kernel.folder / path).read_bytes()).hexdigest()


def files(trial: Any, kind: str) -> dict[str, tuple[str | None, str]]:
    """By path, the hash and the way of each file that was read or written."""
    trial.kernel.run("import time\ntime.sleep(0.3)")

    def settled() -> bool:
        last = {(one["path"], one["cell"]): one for one in trial.events(kind)}
        return all(one.get("skipped") != "its content is not hashed yet" for one in last.values())

    trial.kernel.eventually(settled)
    return {one["path"]: (one["sha256"], one["how"]) for one in trial.events(kind)}


def test_tables_of_pandas_polars_and_pyarrow(trial: Any) -> None:
    trial.cell(
        "import pandas as pd, polars as pl, pyarrow.parquet as pq\n"
        "df = pd.DataFrame({'x': range(30), 'y': ['a', 'b', 'c'] * 10})\n"
        "df.to_csv('t.csv', index=False)\ndf.to_parquet('t.parquet')\n"
        "pl.DataFrame({'x': [1, 2]}).write_parquet('pl.parquet')\n"
        "pq.write_table(pq.read_table('t.parquet'), 'pq.parquet')"
    )
    written = files(trial, "output")
    assert written == {
        "t.csv": (hash_of(trial, "t.csv"), "open"),
        "t.parquet": (hash_of(trial, "t.parquet"), written["t.parquet"][1]),
        "pl.parquet": (hash_of(trial, "pl.parquet"), "polars"),
        "pq.parquet": (hash_of(trial, "pq.parquet"), "pyarrow"),
    }
    trial.cell(
        "a = pd.read_csv('t.csv')\nb = pd.read_parquet('t.parquet')\nc = pl.read_parquet('pl.parquet')\n"
        "d = pq.read_table('pq.parquet')\ne = pl.scan_csv('t.csv').collect()"
    )
    read = files(trial, "input")
    assert read["pl.parquet"] == (hash_of(trial, "pl.parquet"), "polars")
    assert read["t.csv"][0] == hash_of(trial, "t.csv")
    assert read["pq.parquet"] == (hash_of(trial, "pq.parquet"), "pyarrow")
    assert read["t.parquet"][0] == hash_of(trial, "t.parquet")
    sets = {one["name"]: (one["rows"], one["columns"], one["sha256"]) for one in trial.events("dataset")}
    assert sets == {
        "t.csv": (30, 2, hash_of(trial, "t.csv")),
        "t.parquet": (30, 2, hash_of(trial, "t.parquet")),
        "pl.parquet": (2, 1, hash_of(trial, "pl.parquet")),
        "pq.parquet": (30, 2, hash_of(trial, "pq.parquet")),
    }


def test_arrays_of_torch_safetensors_and_hdf5(trial: Any) -> None:
    trial.cell(
        "import torch, h5py, numpy as np\nfrom safetensors.torch import save_file, load_file\n"
        "torch.save({'w': torch.ones(3)}, 'm.pt')\nsave_file({'w': torch.ones(3)}, 'm.safetensors')\n"
        "with h5py.File('m.h5', 'w') as f: f['x'] = np.arange(5)\n"
        "torch.jit.script(torch.nn.Linear(2, 1)).save('not-this-way.pt')\n"
        "torch.jit.save(torch.jit.script(torch.nn.Linear(2, 1)), 'script.pt')"
    )
    written = files(trial, "output")
    for path, how in (
        ("m.pt", "torch"),
        ("m.safetensors", "safetensors"),
        ("m.h5", "h5py"),
        ("script.pt", "torch"),
    ):
        assert written[path] == (hash_of(trial, path), how)
    assert written["not-this-way.pt"] == (hash_of(trial, "not-this-way.pt"), "mentioned")
    trial.cell(
        "torch.load('m.pt')\nload_file('m.safetensors')\n"
        "with h5py.File('m.h5', 'r') as f: f['x'][:]\n"
        "with h5py.File('m.h5', 'a') as f: pass"
    )
    read = files(trial, "input")
    for path in ("m.pt", "m.safetensors", "m.h5"):
        assert read[path][0] == hash_of(trial, path)


def test_pictures_of_opencv_are_seen_by_their_paths(trial: Any) -> None:
    trial.cell(
        "import cv2, numpy as np\nname = 'red'\ncv2.imwrite(f'{name}.png', np.zeros((4, 4, 3), 'uint8'))"
    )
    assert files(trial, "output") == {"red.png": (hash_of(trial, "red.png"), "mentioned")}
    trial.cell("image = cv2.imread(name + '.png')")
    assert files(trial, "input") == {"red.png": (hash_of(trial, "red.png"), "mentioned")}


def test_data_sets_of_hugging_face(trial: Any) -> None:
    trial.cell(
        "import pandas as pd\n"
        "pd.DataFrame({'text': ['a', 'b', 'c'], 'label': [0, 1, 1]}).to_csv('hf.csv', index=False)\n"
        "from datasets import load_dataset, ClassLabel\n"
        "d = load_dataset('csv', data_files={'train': 'hf.csv', 'test': 'hf.csv'}, cache_dir='cache')\n"
        "d.save_to_disk('kept')"
    )
    trial.cell(
        "from datasets import load_from_disk\nkept = load_from_disk('kept')\nprint(kept['train'].num_rows)"
    )
    first, second = (one for one in trial.events("dataset") if one.get("source") == "datasets")
    assert (first["name"], first["rows"], first["columns"], first["splits"]) == (
        "csv", 6, 2, {"train": 3, "test": 3},
    )  # fmt: skip
    assert (second["name"], second["splits"]) == ("kept", {"train": 3, "test": 3})
    assert any(path.startswith("kept/train/") and path.endswith(".arrow") for path in files(trial, "input"))


def test_data_sets_of_keras(trial: Any) -> None:
    trial.cell(
        "import numpy as np, keras\nfrom keras.src.datasets import mnist\n"
        "x, y = np.zeros((6, 28, 28), 'uint8'), np.array([0, 1, 1, 0, 1, 1], 'uint8')\n"
        "np.savez('mnist.npz', x_train=x[:4], y_train=y[:4], x_test=x[4:], y_test=y[4:])\n"
        # In the place of what is fetched from the network.
        "mnist.get_file = lambda *args, **kwargs: 'mnist.npz'"
    )
    trial.cell("(x, y), (a, b) = keras.datasets.mnist.load_data()")
    assert files(trial, "input") == {"mnist.npz": (hash_of(trial, "mnist.npz"), "open")}
    (event,) = trial.events("dataset")
    assert (event["name"], event["rows"], event["columns"], event["splits"], event["classes"]) == (
        "mnist", 6, 784, {"train": 4, "test": 2}, {"0": 2, "1": 4},
    )  # fmt: skip


def test_what_libraries_read_and_write_is_the_same_without_the_tracker(trial: Any) -> None:
    trial.undisturbed(
        "import io, warnings, inspect, pandas as pd, torch\n"
        "pd.DataFrame({'x': [1, 2]}).to_csv('u.csv', index=False)\n"
        "print(pd.read_csv('u.csv').x.sum(), inspect.signature(pd.read_csv).parameters['sep'])\n"
        "with warnings.catch_warnings(record=True) as caught:\n"
        "    warnings.simplefilter('always')\n"
        "    pd.read_csv(io.StringIO('a\\n1'), on_bad_lines='warn')\n"
        "print(len(caught))\n"
        "try: pd.read_csv('missing.csv')\n"
        "except FileNotFoundError as error: print(error)\n"
        "torch.save(torch.ones(2), 'u.pt')\nprint(torch.load('u.pt').sum())"
    )
