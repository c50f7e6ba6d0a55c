"""Series: as few points as a plot needs, and never without a spike."""

from __future__ import annotations

import asyncio
import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tornado.httpclient import HTTPClientError

from backtrail.runlog import layout
from backtrail.server.column import Column
from backtrail.server.series import MetricsFile, SeriesCache, thinned

values = st.lists(st.floats() | st.sampled_from([math.nan, math.inf, -math.inf]), min_size=1, max_size=1500)


def column_of(numbers: list[float], pieces: int = 1) -> Column:
    column = Column()
    size = -(-len(numbers) // pieces)
    for start in range(0, len(numbers), size):
        part = numbers[start : start + size]
        column.extend(range(start, start + len(part)), range(start, start + len(part)), part)
    return column


@given(values, st.integers(1, 40), st.integers(1, 7), st.data())
def test_thinning_keeps_ends_and_extremes_of_every_bucket(
    numbers: list[float], width: int, pieces: int, draw: st.DataObject
) -> None:
    column = column_of(numbers, pieces)
    start = draw.draw(st.integers(0, len(numbers) - 1))
    stop = draw.draw(st.integers(start + 1, len(numbers)))
    kept = list(column.thin(start, stop, width))
    assert kept == sorted(set(kept))
    assert len(kept) <= 4 * width
    assert (kept[0], kept[-1]) == (start, stop - 1)
    total = stop - start
    for bucket in range(width):
        low, high = start + bucket * total // width, start + (bucket + 1) * total // width
        inside = [numbers[place] for place in kept if low <= place < high]
        known = [number for number in numbers[low:high] if not math.isnan(number)]
        if known:
            assert max(known) in inside
            assert min(known) in inside


@pytest.mark.parametrize("spike", [0, 1, 255, 256, 511, 77_777, 199_999])
def test_a_single_spike_among_many_points_is_kept(spike: int) -> None:
    numbers = [0.0] * 200_000
    numbers[spike] = 1.0
    column = column_of(numbers, 9)
    assert spike in column.thin(0, len(numbers), 100)


async def test_a_million_points_are_answered_with_no_more_than_the_pixels_ask_for(
    ask, record, jp_fetch
) -> None:
    session = record()
    run = session.run(lr=1)
    lines = [
        b'{"step":%d,"time":1795446014.5,"cell":12,"loss":%d.25}\n' % (step, step % 97)
        for step in range(10**6)
    ]
    lines[654_321] = b'{"step":654321,"time":1795446014.5,"cell":12,"loss":1e9}\n'
    layout.metrics_path(session.folder, run).write_bytes(b"".join(lines))
    response = await jp_fetch("backtrail", "runs", run, "series", params={"width": 600})
    assert len(response.body) < 200_000
    loss = json.loads(response.body)["series"]["loss"]
    assert loss["count"] == 10**6
    assert len(loss["step"]) == len(loss["time"]) == len(loss["value"]) <= 2400
    assert max(loss["value"]) == 1e9
    assert loss["step"][loss["value"].index(1e9)] == 654_321
    assert (loss["step"][0], loss["step"][-1]) == (0, 999_999)
    window = (await ask("runs", run, "series", **{"from": 654_000, "to": 654_999, "width": 500}))["series"][
        "loss"
    ]
    assert window["step"] == list(range(654_000, 655_000))


async def test_only_the_metrics_asked_for_are_answered_also_with_odd_names(ask, record) -> None:
    session = record()
    run = session.run()
    session.points(
        run,
        {"step": 0, "time": 1.0, "cell": 1, "a,b": 1, "/step": 2, "c": "Infinity", "word": "x", "ok": True},
    )
    session.points(run, {"step": 1, "time": 2.0, "c": 3, "d": None})
    series = (await ask("runs", run, "series"))["series"]
    assert set(series) == {"a,b", "step", "c"}
    assert series["c"] == {"step": [0, 1], "time": [1, 2], "value": ["Infinity", 3], "count": 2}
    assert set((await ask("runs", run, "series", keys='["a,b","step","none"]'))["series"]) == {"a,b", "step"}


async def test_steps_that_go_back_can_be_asked_for_by_step(ask, record) -> None:
    session = record()
    run = session.run()
    session.points(
        run, *({"step": step, "time": 1.0, "loss": place} for place, step in enumerate([0, 5, 1, 6, 2]))
    )
    loss = (await ask("runs", run, "series", **{"from": 1, "to": 5}))["series"]["loss"]
    assert (loss["step"], loss["value"]) == ([5, 1, 2], [1, 2, 4])


@pytest.mark.parametrize("query", [{"keys": "loss"}, {"keys": "[1]"}, {"from": "now"}, {"width": "wide"}])
async def test_what_cannot_be_understood_is_refused_in_a_sentence(ask, record, query: dict) -> None:
    run = record().run(a=1)
    with pytest.raises(HTTPClientError) as refused:
        await ask("runs", run, "series", **query)
    assert refused.value.code == 400
    assert json.loads(refused.value.response.body)["message"].endswith(".")


async def test_a_file_is_read_on_from_where_it_was_and_anew_when_it_is_another_one(tmp_path) -> None:
    path = tmp_path / "metrics.jsonl"
    file = MetricsFile(path)
    await file.grow()
    assert thinned(file, None, 10) == {}
    path.write_bytes(b'{"step":0,"time":1,"loss":1}\n{"step":1,"time":1,"lo')
    await file.grow()
    with open(path, "ab") as more:
        more.write(b'ss":2}\n{"step":2,"time":1,"loss":"NaN","acc":1}\n')
    await file.grow()
    assert thinned(file, None, 10)["loss"]["value"] == [1, 2, "NaN"]
    before = file.generation
    path.write_bytes(b'{"step":9,"time":1,"loss":9}\n')
    await file.grow()
    assert file.generation == before + 1
    assert thinned(file, None, 10) == {"loss": {"step": [9], "time": [1], "value": [9], "count": 1}}
    path.unlink()
    await file.grow()
    assert thinned(file, None, 10) == {}


async def test_files_that_were_not_asked_for_lately_are_put_out_of_memory(tmp_path) -> None:
    paths = [tmp_path / f"{name}.jsonl" for name in "abc"]
    for path in paths:
        path.write_bytes(b'{"step":0,"time":1,"loss":1}\n' * 100)
    cache = SeriesCache(limit=5000)
    first = await cache.file(paths[0])
    assert await cache.file(paths[0]) is first
    second = await cache.file(paths[1])
    await cache.file(paths[2])
    assert await cache.file(paths[1]) is second
    assert await cache.file(paths[0]) is not first


async def test_what_the_machine_did_is_a_series_apart_from_the_metrics(ask, record) -> None:
    session = record()
    run = session.run(lr=1)
    session.points(run, {"step": 0, "time": 1, "cell": 1, "loss": 0.5})
    path = layout.system_path(session.folder, run)
    path.write_bytes(b'{"step":0,"time":5,"cell":1,"cpu":90.5,"gpu:0/use":7}\n')
    assert (await ask("runs", run, "series", of="system"))["series"] == {
        "cpu": {"step": [0], "time": [5], "value": [90.5], "count": 1},
        "gpu:0/use": {"step": [0], "time": [5], "value": [7], "count": 1},
    }
    assert (await ask("runs", run, "series", of="metrics"))["series"].keys() == {"loss"}
    assert (await ask("runs", run))["metrics"].keys() == {"loss"}
    with pytest.raises(HTTPClientError) as refused:
        await ask("runs", run, "series", of="weather")
    assert json.loads(refused.value.response.body)["message"] == "Series are of metrics or of the system."


async def test_a_file_can_be_read_for_a_moment_and_tells_how_far_that_came(tmp_path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b"".join(b'{"step":%d,"time":1,"cell":1,"loss":1}\n' % step for step in range(20_000)))
    file = MetricsFile(path)
    assert file.share == 1
    shares = []
    while not await file.grow(until=0):
        shares.append(file.share)
        assert len(file.columns["loss"]) == pytest.approx(20_000 * file.share, rel=0.1)
    assert len(shares) > 3
    assert shares == sorted(set(shares))
    assert len(file.columns["loss"]) == 20_000
    assert file.columns["loss"].steps.tolist() == list(range(20_000))


async def test_two_who_read_the_same_file_at_once_take_each_point_once(tmp_path) -> None:
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b"".join(b'{"step":%d,"time":1,"cell":1,"loss":1}\n' % step for step in range(20_000)))
    file = MetricsFile(path)
    await asyncio.gather(file.grow(), file.grow())
    assert file.columns["loss"].steps.tolist() == list(range(20_000))


async def test_points_are_answered_before_the_logs_of_the_history_are_read(ask, record, jp_serverapp) -> None:
    session = record()
    run = session.run(lr=1)
    session.points(run, {"step": 0, "time": 1, "cell": 1, "loss": 0.5})
    assert (await ask("runs", run, "series"))["series"]["loss"]["value"] == [0.5]
    store = jp_serverapp.web_app.settings["backtrail_service"].store
    assert store.holding(run) is None
    assert (await ask("runs", run))["id"] == run
    assert store.holding(run) is not None


def test_steps_in_order_are_told_from_others_also_with_nan_and_infinity() -> None:
    def between(*steps: float) -> object:
        column = Column()
        for step in steps:
            column.extend([step], [0.0], [0.0])
        return column.between(1, 2)

    assert between(0, 1, 2, 2, 3) == range(1, 4)
    assert between(-math.inf, 1, math.inf) == range(1, 2)
    assert between(0, 2, 1) == [1, 2]
    assert between(1, math.nan, 2) == [0, 2]
    assert between(math.nan, 1) == [1]
