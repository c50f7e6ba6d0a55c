"""Seeds that TypeScript notebooks set in libraries that draw: the real ones, in a real kernel of tslab."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kernel(node_kernel: Any) -> Any:
    return node_kernel


def told(kernel: Any, code: str) -> list[tuple[str, Any]]:
    """The seeds that a cell sets."""
    before = len(kernel.events("seed"))
    reply, printed = kernel.run(code)
    assert reply["status"] == "ok", printed
    return [(one["library"], one["value"]) for one in kernel.events("seed")[before:]]


def test_alea_is_told_with_all_arguments_that_are_its_seed(kernel: Any) -> None:
    kernel.run("import Alea from 'alea'")
    assert told(kernel, "const one = Alea('mine'); one()") == [("alea", "mine")]
    assert told(kernel, "const two = Alea('a', 5); two()") == [("alea", ["a", 5])]
    _, same = kernel.run("console.log(one() !== two(), Alea('a', 5)() === Alea('a', 5)())")
    assert same == "true true\n"
    assert told(kernel, "const three = Alea(); three()") == []
    assert "alea was left to find a seed by itself" in kernel.events("warning")[-1]["message"]


def test_chance_is_told_however_it_is_made(kernel: Any) -> None:
    warned = len(kernel.events("warning"))
    kernel.run("import Chance from 'chance'")
    assert told(kernel, "const dice = new Chance(11); dice.integer({ min: 1, max: 6 })") == [("chance", 11)]
    assert told(kernel, "const name = new Chance('first', 2).name()") == [("chance", ["first", 2])]
    assert told(kernel, "const made = require('chance').Chance(7).d6()") == [("chance", 7)]
    # Without a seed it draws one from Math.random, which is recorded.
    assert told(kernel, "const free = new Chance(); const drawn = free.floating()") == []
    assert kernel.events("random")[-1]["n"] == kernel.events("cell_start")[-1]["n"]
    assert len(kernel.events("warning")) == warned


def test_faker_is_told_by_each_of_its_generators(kernel: Any) -> None:
    warned = len(kernel.events("warning"))
    kernel.run("import { faker, fakerDE, Faker, en } from '@faker-js/faker'")
    assert told(kernel, "faker.seed(123); faker.person.firstName()") == [("@faker-js/faker", 123)]
    assert told(kernel, "fakerDE.seed([4, 2]); fakerDE.location.city()") == [("@faker-js/faker", [4, 2])]
    assert told(kernel, "const own = new Faker({ locale: en, seed: 5 })") == [("@faker-js/faker", 5)]
    assert told(kernel, "faker.seed(); const person = faker.person.lastName()") == []
    assert len(kernel.events("warning")) == warned


def test_what_was_drawn_with_and_without_a_seed_comes_to_the_same_again(kernel: Any) -> None:
    kernel.run(
        "const losses = [two(), dice.floating(), drawn, faker.number.float()];"
        "console.log(`loss: ${losses.reduce((a, b) => a + b)}`, person, name)"
    )
    kernel.stop()
    program = ROOT / "backtrail" / "cli" / "backtrail.mjs"
    command = ["node", str(program), "verify", "latest", "--root", str(kernel.folder), "--json"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
    found = json.loads(done.stdout)
    assert (found["verdict"], done.returncode) == ("identical", 0), found["says"]
    assert found["compared"]["points"] == 5
