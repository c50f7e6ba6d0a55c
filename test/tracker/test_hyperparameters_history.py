"""What is remembered of cells: as much as names still depend on, and no more."""

from __future__ import annotations

import ast
from typing import Any

from backtrail.tracker.hyperparameters.history import History, slice_of
from backtrail.tracker.hyperparameters.known import Known
from backtrail.tracker.hyperparameters.reading import read
from backtrail.tracker.hyperparameters.seek import Seeker


def run(seeker: Seeker, source: str, names: dict[str, Any], n: int, failed_at: int | None = None) -> Any:
    trees = [ast.parse(source)]
    before = seeker.before(n, source, trees, names)
    after = seeker.after(n, source, trees, names, failed_at)
    return before, after


def test_a_notebook_that_goes_in_circles_does_not_grow() -> None:
    history = History()
    first = read(ast.parse("x = 1\ny = 2").body)
    forth, back = read(ast.parse("x = f(y)").body), read(ast.parse("y = g(x)").body)
    history.add(first, 1)
    for n in range(6000):
        history.add(forth, n)
        history.add(back, n)
    assert len(history.reachable()) < 3 * 2000


def test_a_slice_holds_what_a_statement_depends_on_and_nothing_else() -> None:
    history = History()
    history.add(read(ast.parse("a = 1\nb = 2\nc = a + 1\nd = b + 1").body), 1)
    (node,) = history.add(read(ast.parse("print(c)").body), 2)
    names = [set(one.atom.binds) for one in slice_of([node], None)]
    assert names == [{"a"}, {"c"}, set()]


def test_what_stands_after_the_line_that_failed_was_not_executed() -> None:
    seeker = Seeker()
    run(seeker, "lr = 0.1\n1 / 0\nlr = 9.0", {"lr": 0.1}, 1, failed_at=2)
    before, _ = run(seeker, "w = 0.0\nfor epoch in range(3):\n    w -= lr * (w - 3.0)", {"lr": 0.1}, 2)
    assert before.params["lr"].value == 0.1


def test_a_literal_under_a_condition_is_put_right_by_the_namespace() -> None:
    seeker, names = Seeker(), {"lr": 0.5, "epochs": 2}
    source = "lr = 0.5\nif False:\n    lr = 0.1\nw = 0.0\nfor e in range(2):\n    w -= lr * (w - 3.0)"
    _, after = run(seeker, source, names, 1)
    assert after.params["lr"].value == 0.5


def test_a_name_that_is_not_plain_any_more_has_no_value() -> None:
    seeker = Seeker()
    run(seeker, "alpha = 0.5", {"alpha": 0.5}, 1)
    before, _ = run(seeker, "m = fit(alpha)", {"alpha": object()}, 2)
    assert "alpha" not in before.params


def test_an_argument_is_known_by_the_name_it_is_given() -> None:
    known = Known()
    known.use({("SGD", "lr"): {"train.rate"}, ("train", "rate"): {"base"}, ("Adam", ""): {"step"}})
    params, origins = (
        {"base": 0.1, "step": 0.5, "cfg.epochs": 3},
        {"base": "name", "step": "name", "cfg.epochs": "config"},
    )
    assert known.carries("SGD.lr", 0.1, params, origins)
    assert not known.carries("SGD.lr", 0.2, params, origins)
    assert not known.carries("SGD.momentum", 0.1, params, origins)
    # By place, of which the name is not known before the call.
    assert known.carries("Adam.lr", 0.5, params, origins)
    assert known.carries("fit.epochs", 3, params, origins)
    assert not known.carries("fit.epochs", True, params, origins)


def test_what_the_user_logged_carries_an_argument_as_well() -> None:
    known = Known()
    known.use({("MLP", "sizes"): {"params.hidden", "hidden"}})
    assert known.carries("MLP.sizes", [128], {"hidden": 128}, {"hidden": "logged"})
    assert known.carries("SGD.learning_rate", 0.1, {"lr": 0.1}, {"lr": "logged"})
    assert not known.carries("SGD.learning_rate", 0.2, {"lr": 0.1}, {"lr": "logged"})


def test_two_arguments_of_one_value_are_two_where_one_is_no_name() -> None:
    known = Known()
    params, origins = {"a.test_size": 0.2}, {"a.test_size": "call"}
    assert not known.carries("b.test_size", 0.2, params, origins)


def test_a_configuration_that_is_handed_to_the_training_is_read_as_it_is() -> None:
    seeker = Seeker()
    run(seeker, "config = load()\ndef train(config): fit(config['lr'])", {"config": {"lr": 0.1}}, 1)
    before, _ = run(seeker, "train(config)", {"config": {"lr": 0.1}}, 2)
    assert before.params["lr"].value == 0.1
