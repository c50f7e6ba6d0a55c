"""Who may ask, and what nobody may get."""

from __future__ import annotations

import hashlib
import json

import pytest
from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

from backtrail.runlog import layout

ID = "20261123-151601000-k3f9"
ADDRESSES = [
    ("GET", "status"),
    ("GET", "runs"),
    ("GET", f"runs/{ID}"),
    ("GET", f"runs/{ID}/log"),
    ("GET", f"runs/{ID}/series"),
    ("GET", f"runs/{ID}/artifacts/model.txt"),
    ("GET", f"blobs/{'0' * 64}?run={ID}"),
    ("GET", f"runs/{ID}/metrics"),
    ("GET", f"runs/{ID}/plays"),
    ("GET", f"runs/{ID}/plays/{ID}"),
    ("POST", f"runs/{ID}/edits"),
    ("POST", f"runs/{ID}/plays"),
    ("POST", f"runs/{ID}/verdicts"),
    ("POST", "notebooks"),
]


@pytest.mark.parametrize(("method", "address"), ADDRESSES)
async def test_nothing_is_answered_without_the_token(
    http_server_client, jp_base_url, method: str, address: str
) -> None:
    body = "{}" if method == "POST" else None
    with pytest.raises(HTTPClientError) as refused:
        await http_server_client.fetch(
            f"{jp_base_url}backtrail/{address}", method=method, body=body, follow_redirects=False
        )
    assert refused.value.code == 403


async def test_nobody_follows_without_the_token(http_server_client, jp_http_port, jp_base_url) -> None:
    with pytest.raises(HTTPClientError) as refused:
        await websocket_connect(HTTPRequest(f"ws://localhost:{jp_http_port}{jp_base_url}backtrail/follow"))
    assert refused.value.code == 403


async def test_artifacts_are_downloaded_as_they_are(jp_fetch, record) -> None:
    session = record()
    run = session.run(a=1)
    folder = layout.artifacts_dir(session.folder, run)
    (folder / "plots").mkdir(parents=True)
    content = bytes(range(256)) * 20_000
    (folder / "plots" / "größe.html").write_bytes(content)
    (folder / "empty").touch()
    response = await jp_fetch("backtrail", "runs", run, "artifacts", "plots", "größe.html")
    assert response.body == content
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert (await jp_fetch("backtrail", "runs", run, "artifacts", "empty")).body == b""


@pytest.mark.parametrize(
    "path",
    [
        "../run.json",
        "../../../secret",
        "%2e%2e/run.json",
        "..%2Frun.json",
        "link",
        "folder",
        "missing",
        "/etc/passwd",
        ".",
    ],
)
async def test_no_path_leads_out_of_the_artifacts(
    http_server_client, jp_base_url, jp_auth_header, record, path: str
) -> None:
    session = record()
    run = session.run(a=1)
    folder = layout.artifacts_dir(session.folder, run)
    (folder / "folder").mkdir(parents=True)
    (folder.parent / "run.json").write_text("{}")
    (session.runs / "secret").write_text("secret")
    (folder / "link").symlink_to(session.runs / "secret")
    with pytest.raises(HTTPClientError) as refused:
        await http_server_client.fetch(
            f"{jp_base_url}backtrail/runs/{run}/artifacts/{path}",
            headers=jp_auth_header,
            follow_redirects=False,
        )
    assert refused.value.code in (403, 404)


async def test_artifacts_that_are_a_link_to_another_folder_are_not_followed(
    jp_fetch, record, tmp_path
) -> None:
    session = record()
    run = session.run(a=1)
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "key").write_text("secret")
    layout.artifacts_dir(session.folder, run).symlink_to(tmp_path / "private")
    with pytest.raises(HTTPClientError) as refused:
        await jp_fetch("backtrail", "runs", run, "artifacts", "key")
    assert refused.value.code == 403


@pytest.mark.parametrize("run", ["..", "%2e%2e", "..%2F..", "blobs", "sessions", ID + "%00", ID.upper()])
async def test_what_is_no_id_never_becomes_a_path(
    http_server_client, jp_base_url, jp_auth_header, record, run: str
) -> None:
    record().run(a=1)
    for what in ("", "/log", "/series", "/artifacts/x"):
        with pytest.raises(HTTPClientError) as refused:
            await http_server_client.fetch(f"{jp_base_url}backtrail/runs/{run}{what}", headers=jp_auth_header)
        assert refused.value.code in (400, 404)


async def test_a_blob_is_given_by_its_hash_and_nothing_else_is(jp_fetch, record) -> None:
    session = record()
    run = session.run(a=1)
    sha256 = layout.store_blob(session.runs, b"the diff")
    assert (await jp_fetch("backtrail", "blobs", sha256, params={"run": run})).body == b"the diff"
    for name, status in (
        (hashlib.sha256(b"").hexdigest(), 404),
        ("..", 400),
        (sha256.upper(), 400),
        ("x", 400),
    ):
        with pytest.raises(HTTPClientError) as refused:
            await jp_fetch("backtrail", "blobs", name, params={"run": run})
        assert refused.value.code == status
    with pytest.raises(HTTPClientError) as refused:
        await jp_fetch("backtrail", "blobs", sha256)
    assert refused.value.code == 400


async def test_a_body_that_is_not_json_is_refused_in_a_sentence(jp_fetch, record) -> None:
    run = record().run(a=1)
    for address in (("runs", run, "edits"), ("notebooks",)):
        with pytest.raises(HTTPClientError) as refused:
            await jp_fetch("backtrail", *address, method="POST", body="{")
        assert refused.value.code == 400
        assert json.loads(refused.value.response.body) == {"message": "The body of the request is not JSON."}
