"""An RO-Crate that a page has written."""

from __future__ import annotations

import hashlib
import json

import pytest
from tornado.httpclient import HTTPClientError

from backtrail.runlog import layout


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@pytest.fixture
def run(record) -> tuple:
    """A run, its folder of runs, and the folder of its notebook as the contents have it."""
    session = record()
    run = session.run(lr=0.1)
    session.end(run)
    return run, session.runs, session.runs.parent


async def test_texts_blobs_and_files_that_are_as_they_were_are_written(run, tell, jp_root_dir) -> None:
    run_id, runs, home = run
    layout.store_blob(runs, b"kept")
    (home / "data.csv").write_bytes(b"1\n")
    (home / "other.csv").write_bytes(b"changed")
    folder = home / "a-crate"
    files = [
        {"path": "again.py", "text": "x = 'é'\n"},
        {"path": "data/1/kept.bin", "sha256": sha256(b"kept")},
        {"path": "data/2/data.csv", "sha256": sha256(b"1\n"), "from": "data.csv"},
        {"path": "data/3/other.csv", "sha256": sha256(b"2\n"), "from": "other.csv"},
    ]
    body = {"folder": folder.relative_to(jp_root_dir).as_posix(), "files": files}
    answer = await tell("runs", run_id, "crates", body=body)
    assert answer == {"present": ["again.py", "data/1/kept.bin", "data/2/data.csv"]}
    written = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert written == {"again.py": "x = 'é'\n".encode(), "kept.bin": b"kept", "data.csv": b"1\n"}
    with pytest.raises(HTTPClientError) as refused:
        await tell("runs", run_id, "crates", body=body)
    assert (refused.value.code, b"is there already" in refused.value.response.body) == (409, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"folder": "../outside"},
        {"folder": ""},
        {"files": []},
        {"files": [{"path": "../up.txt", "text": ""}]},
        {"files": [{"path": "/abs.txt", "text": ""}]},
        {"files": [{"path": "a.txt"}]},
        {"files": [{"path": "a.txt", "sha256": "../../etc"}]},
    ],
)
async def test_what_leads_out_of_the_folder_or_is_no_file_is_refused(run, tell, wrong: dict) -> None:
    body = {"folder": "crate", "files": [{"path": "a.txt", "text": ""}], **wrong}
    with pytest.raises(HTTPClientError) as refused:
        await tell("runs", run[0], "crates", body=body)
    assert refused.value.code == 400
    assert json.loads(refused.value.response.body)["message"].endswith(".")


async def test_a_file_outside_of_the_server_s_root_is_not_copied(run, tell, tmp_path, jp_root_dir) -> None:
    secret = tmp_path / "elsewhere" / "secret.txt"
    secret.parent.mkdir()
    secret.write_bytes(b"mine")
    files = [{"path": "secret.txt", "sha256": sha256(b"mine"), "from": str(secret)}]
    assert await tell("runs", run[0], "crates", body={"folder": "crate", "files": files}) == {"present": []}
    assert not (jp_root_dir / "crate" / "secret.txt").exists()
