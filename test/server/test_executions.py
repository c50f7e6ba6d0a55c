"""What marks at the cells are made from."""

from __future__ import annotations


def value(fingerprint: str, seen: str = "exact", **more: object) -> dict:
    return {"type": "int", "fingerprint": fingerprint, "seen": seen, **more}


def execute(session, n: int, cell: str, source: str = "x = 1", **variables: object) -> None:
    session.write("cell_start", n=n, cell=cell, count=n, source=source, sha256="0" * 64)
    if variables:
        session.write("variables", n=n, **variables)
    session.write("cell_end", n=n, count=n, status="finished", duration=0.5)


async def test_all_executions_come_first_and_then_what_changes(page, record) -> None:
    session = record()
    execute(session, 1, "a", bound={"x": value("f1")})
    execute(
        session,
        2,
        "b",
        reads=["x"],
        bound={"y": value("f2", "sampled")},
        changed={"z": value("f3", assumed=True)},
    )
    execute(session, 3, "a", "x = 2", bound={"x": value("f4")}, deleted=["y"])
    run = session.run()
    await page.say(follow="cells", id="c1", session=session.id)
    cells = (await page.hear())["cells"]
    assert cells["first"] and cells["openSince"] == 1
    one, two, three = cells["executions"]
    assert (one["cell"], one["source"], three["source"]) == ("a", None, "x = 2")
    assert (two["reads"], two["wrote"]) == (["x"], {"y": None})
    assert (three["wrote"], three["deleted"], three["status"], three["duration"]) == (
        {"x": "f4"},
        ["y"],
        "finished",
        0.5,
    )

    session.write("seed", run=run, library="numpy", value=7, cell=3)
    cells = (await page.hear())["cells"]
    assert not cells["first"]
    assert [(e["n"], e["seeds"]) for e in cells["executions"]] == [(3, [{"library": "numpy", "value": 7}])]

    session.end(run)
    assert (await page.hear())["cells"] == {"first": False, "openSince": None, "executions": []}


async def test_a_source_with_a_secret_is_not_compared(page, record) -> None:
    session = record()
    session.write(
        "cell_start",
        n=1,
        cell="a",
        count=1,
        source="k = '[withheld: key]'",
        withheld=[{"kind": "key", "count": 1}],
    )
    await page.say(follow="cells", id="c1", session=session.id)
    [one] = (await page.hear())["cells"]["executions"]
    assert (one["source"], one["status"]) == (None, None)


async def test_a_session_without_a_log_is_named(page) -> None:
    await page.say(follow="cells", id="c1", session="20260101-000000000-aaaa")
    assert "no log of the session" in (await page.hear())["error"]
