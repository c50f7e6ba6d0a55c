"""What the machine tells of itself, compared with what is done to it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backtrail.tracker.run import Run
from backtrail.tracker.system import cards, cputime, memory, nvidia
from backtrail.tracker.system.gputime import GpuTime
from backtrail.tracker.system.load import Load
from backtrail.tracker.system.usage import Meter, Reading, Usage

BURN = "import time\nuntil = time.process_time() + {seconds}\nwhile time.process_time() < until: pass"


def burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


def test_processor_time_is_that_of_this_process_and_of_children_that_ended() -> None:
    before = cputime.cpu_seconds()
    burn(0.1)
    assert 0.1 <= cputime.cpu_seconds() - before < 1
    before = cputime.cpu_seconds()
    subprocess.run([sys.executable, "-c", BURN.format(seconds=0.3)], check=True)
    assert cputime.cpu_seconds() - before >= 0.29


def test_a_child_counts_while_it_lives_and_once_in_all() -> None:
    before = cputime.cpu_seconds()
    code = BURN.format(seconds=0.4) + "\nprint('done', flush=True)\ninput()"
    child = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    child.stdout.readline()
    alive = cputime.cpu_seconds() - before
    child.communicate("\n")
    ended = cputime.cpu_seconds() - before
    if sys.platform.startswith("linux"):
        assert alive >= 0.38
    assert alive <= ended + 0.02
    assert ended < 2 * alive


def test_to_look_at_children_takes_no_end_from_the_user() -> None:
    child = subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])
    time.sleep(0.3)
    cputime.cpu_seconds()
    assert child.wait() == 7


def test_memory_grows_by_what_is_allocated() -> None:
    before = memory.resident()
    block = bytearray(os.urandom(1) * (64 << 20))
    after = memory.resident()
    assert before is not None
    assert after is not None
    assert 60 << 20 < after - before < 100 << 20
    assert (memory.highest() or 0) >= after - (1 << 20)
    assert 0 < (memory.used_on_machine() or 0) < (memory.total() or 0) + (1 << 40)
    del block


def test_a_machine_is_measured_from_one_look_to_the_next() -> None:
    load = Load()
    assert "cpu" not in load.measure(), "nothing is known before the first look"
    burn(0.2)
    found = load.measure()
    assert 0 < found["cpu"] <= 150
    assert 0 < found["machine/cpu"] <= 100
    assert found["memory"] > 1 << 20
    assert found["machine/memory"] > 1 << 20


class Nvml:
    """Two cards, as the library of the driver tells of them: there is no GPU where these tests run."""

    def __init__(self) -> None:
        self.samples: list[tuple[int, int]] = []
        self.nvmlInit_v2: Callable[..., int] = lambda: 0

    def nvmlSystemGetCudaDriverVersion_v2(self, number: Any) -> int:
        number._obj.value = 12040
        return 0

    def nvmlSystemGetDriverVersion(self, text: Any, size: Any) -> int:
        text.value = b"550.54.15"
        return 0

    def nvmlDeviceGetCount_v2(self, count: Any) -> int:
        count._obj.value = 2
        return 0

    def nvmlDeviceGetHandleByIndex_v2(self, index: int, device: Any) -> int:
        device._obj.value = index + 1
        return 0

    def nvmlDeviceGetName(self, device: Any, text: Any, size: Any) -> int:
        text.value = b"NVIDIA H100 80GB HBM3"
        return 0

    def nvmlDeviceGetMemoryInfo(self, device: Any, found: Any) -> int:
        found._obj.total, found._obj.used = 80 << 30, device.value << 30
        return 0

    def nvmlDeviceGetUtilizationRates(self, device: Any, found: Any) -> int:
        found._obj.gpu = 90
        # The second is shared out in parts, of which the driver does not tell.
        return 3 if device.value == 2 else 0

    def nvmlDeviceGetSamples(  # noqa: PLR0917
        self, device: Any, what: int, since: Any, kind: Any, count: Any, samples: Any
    ) -> int:
        if device.value == 2:
            return 3
        taken = [sample for sample in self.samples if sample[0] > since.value]
        kind._obj.value = 1
        if samples is not None:
            for place, (moment, value) in enumerate(taken):
                samples[place].time, samples[place].value = moment, value
        count._obj.value = len(taken)
        return 0


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Nvml:
    """Cards that the tracker knows."""
    library = Nvml()
    monkeypatch.setattr(cards, "_driver", nvidia.Driver(library))
    monkeypatch.setattr(cards, "_asked", True)
    return library


def test_cards_are_described_and_their_load_is_measured(driver: Nvml) -> None:
    known = cards.driver()
    assert known is not None
    assert known.cards() == [("NVIDIA H100 80GB HBM3", "550.54.15", 80 << 30)] * 2
    assert known.cuda() == "12.4"
    found = Load().measure()
    assert {name: value for name, value in found.items() if name.startswith("gpu")} == {
        "gpu:0/use": 90,
        "gpu:0/memory": 1 << 30,
        "gpu:1/memory": 2 << 30,
    }


def test_the_time_of_cards_counts_only_while_cells_run(driver: Nvml, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    driver.samples = [(int((now + second) * 1e6), 50) for second in range(100)]
    gpu = GpuTime()
    gpu.begin()
    now += 10
    gpu.pause()
    assert gpu.seconds == 5
    now += 50
    gpu.begin()
    now += 0.5
    gpu.pause()
    assert gpu.seconds == 5, "what is short is not asked for"
    gpu.begin()
    now += 2
    gpu.advance()
    assert gpu.seconds == 6


def test_a_driver_that_does_not_work_is_no_driver() -> None:
    library = Nvml()
    library.nvmlInit_v2 = lambda: 9
    with pytest.raises(OSError, match="nvmlInit_v2: 9"):
        nvidia.Driver(library)
    assert nvidia.Driver(type("Old", (Nvml,), {"nvmlDeviceGetSamples": property()})()).busy(0) is None


def test_the_structures_are_as_large_as_the_driver_has_them() -> None:
    assert ctypes.sizeof(nvidia._Memory) == 24
    assert ctypes.sizeof(nvidia._Utilization) == 8
    assert ctypes.sizeof(nvidia._Sample) == 16


def test_a_meter_counts_while_work_goes_on_and_knows_a_peak_only_when_the_mark_rose() -> None:
    meter = Meter(Reading(10.0, None, 500))
    meter.count(Reading(12.0, None, 500), going_on=False)
    meter.count(Reading(20.0, None, 500), going_on=True)
    assert meter.fields() == {"cpu_seconds": 2.0}
    meter.count(Reading(21.0, 3.0, 600), going_on=True)
    assert meter.fields() == {"cpu_seconds": 3.0, "gpu_seconds": 3.0, "peak_memory": 600}
    meter.count(Reading(20.5, 4.0, 600), going_on=True)
    assert meter.fields()["cpu_seconds"] == 3.0, "a child that was lost takes nothing back"


def test_what_goes_wrong_in_measuring_reaches_nobody(tmp_path: Path) -> None:
    def refuse(run: Run, fields: dict[str, Any]) -> None:
        raise OSError("no")

    usage = Usage(refuse)
    run = Run("20261123-190221453-z4c6", 1, "a", "e", 1, None, tmp_path, print)
    usage.opened(run)
    burn(0.01)
    usage.closed(run)
