"""What the code that prints adds to a line: the names of its numbers, and whose they are."""

from __future__ import annotations

import ast
from typing import Any

import pytest

from backtrail.tracker.cellcode import CellCode
from backtrail.tracker.printed import pieces
from backtrail.tracker.printed.calls import Calls
from backtrail.tracker.printed.quantities import is_mean, made_by
from backtrail.tracker.printed.reader import Reader
from backtrail.tracker.printed.results import results


def read(source: str, line: str) -> dict[str, float]:
    calls = Calls()
    calls.begin(CellCode(source))
    text = pieces.clean(line)
    point = Reader().read(text, calls.names(text))
    return {item.name: item.value for item in point.items} if point is not None else {}


IN_A_LOOP = "for name, model in models:\n    s = cross_val_score(model, X, y)\n    print({})"


@pytest.mark.parametrize(
    ("printed", "line", "found"),
    [
        (
            "'%s: %f (%f)' % (name, s.mean(), s.std())",
            "NB: 0.968133 (0.035346)",
            {"cross_val_score_mean/nb": 0.968133},
        ),
        (
            "type(model).__name__, s.mean(), s.std()",
            "SVC 0.973 0.019",
            {"cross_val_score_mean/svc": 0.973, "cross_val_score_std/svc": 0.019},
        ),
        (
            "f'{name:<12}{acc:>8.3f}{f1:>8.3f}'",
            "LR             0.912   0.900",
            {"acc/lr": 0.912, "f1/lr": 0.9},
        ),
        ("'{:<12}{:>8.3f}'.format(name, acc)", "KNN            0.912", {"acc/knn": 0.912}),
        ("f'{name}: {acc:.3f}'", "Random Forest: 0.912", {"acc/random_forest": 0.912}),
        ("f'{split}: {acc:.3f}'", "test: 0.912", {"test_acc": 0.912}),
        ("f'{since(start)} {loss:.4f}'", "1m 3s 0.4213", {"loss": 0.4213}),
    ],
)
def test_several_models_have_a_metric_each(printed: str, line: str, found: dict[str, float]) -> None:
    assert read(IN_A_LOOP.format(printed), line) == found


def test_two_words_before_a_score_are_the_part_of_the_data_and_the_model() -> None:
    source = "print('OOF LGB:', roc_auc_score(y, a))\nprint('OOF XGB:', roc_auc_score(y, b))"
    assert read(source, "OOF LGB: 0.971") == {"oof_roc_auc_score/lgb": 0.971}
    assert read("print('Test set:', accuracy_score(y, a))", "Test set: 0.9") == {"test_accuracy_score": 0.9}


def test_means_of_a_table_are_no_points_of_its_columns() -> None:
    assert read("print(res.mean().round(2))", "rf_mae       11.03") == {"rf_mae_mean": 11.03}
    assert read("print(res.std())", "rf_mae       1.03") == {"rf_mae_std": 1.03}
    assert read("print(res)", "rf_mae       11.03") == {"rf_mae": 11.03}


def test_a_mean_that_is_printed_beside_its_deviation_is_no_point_of_its_series() -> None:
    spread = "print(f'{np.mean(scores):.3f} +/- {np.std(scores):.3f}, {len(scores)} seeds')"
    assert read(spread, "0.983 +/- 0.011, 5 seeds") == {"scores_mean": 0.983, "scores_std": 0.011}
    assert read("print('Accuracy:', scores.mean())", "Accuracy: 0.983") == {"accuracy": 0.983}
    in_loop = "for epoch in range(9):\n    print(epoch, np.mean(losses))"
    assert read(in_loop, "3 0.983") == {"losses": 0.983}


def test_what_a_loop_tries_is_the_step_of_what_is_measured() -> None:
    def read_in_loop(values: str, printed: str, line: str) -> tuple[Any, dict[str, float]]:
        calls = Calls()
        calls.begin(CellCode(f"for lam in {values}:\n    w = simulate(lam)\n    print({printed})"))
        point = Reader().read(line, calls.names(line))
        return (point.step, {one.name: one.value for one in point.items}) if point else (None, {})

    wait = "f'lambda = {lam:.1f}: mean wait {w:.2f}, busy {b:.3f}'"
    line = "lambda = 0.5: mean wait 0.99, busy 0.487"
    assert read_in_loop("[0.5, 0.7]", wait, line) == (0.5, {"mean_wait": 0.99, "busy": 0.487})
    assert read_in_loop("np.linspace(0, 1, 9)", wait, line) == (0.5, {"mean_wait": 0.99, "busy": 0.487})
    assert read_in_loop("rows", wait, line) == (None, {})
    assert read_in_loop("[0.5, 0.7]", "f'alpha={lam}  MAE {m:.3f}'", "alpha=0.1  MAE 3.250") == (
        0.1,
        {"mae": 3.25},
    )
    assert read_in_loop("[0.25, 0.5]", "f'{lam}: {np.quantile(x, lam)}'", "0.25: 3.52") == (None, {})
    assert read_in_loop("[0.25, 0.5]", "f'q{lam}: {x[lam]}'", "q0.25: 3.52") == (None, {})
    assert read_in_loop("[0.25, 0.5]", "f'quantile {lam}: {q:.2f}'", "quantile 0.25: 3.52") == (None, {})


def test_what_is_made_of_an_array_counts_nothing_whatever_the_array_is_called() -> None:
    source = "print(f'Group B: {rate:.3f} ({b.sum()} of {n})')"
    assert read(source, "Group B: 0.123 (504 of 4100)") == {}
    assert read("print(f'{b + 1}: width {width:.2f}')", "3: width 0.52") == {"width": 0.52}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("fill rate: 93.2%", {"fill_rate": 93.2}),
        ("Episode 100/600 - avg reward (last 100): -0.352", {"avg_reward": -0.352}),
        ("Accuracy (k=5): 0.912", {"accuracy": 0.912}),
        ("day 20: susceptible 8663.5, infected 931.3", {"susceptible": 8663.5, "infected": 931.3}),
        ("posterior mean of mu: 2.4395  95% interval: [2.23 2.65]", {"posterior_mean_of_mu": 2.4395}),
        (
            "SVM: 0.97 accuracy with a standard deviation of 0.02",
            {"accuracy/svm": 0.97, "accuracy_std/svm": 0.02},
        ),
        ("Sharpe ratio: 1.32", {"sharpe_ratio": 1.32}),
        ("chain 0: acceptance rate = 0.312", {"acceptance_rate": 0.312}),
        ("RMSE train/test: 0.247 / 0.469", {"train_rmse": 0.247, "test_rmse": 0.469}),
        ("val loss/acc 0.31/0.92", {"val_loss": 0.31, "val_acc": 0.92}),
        ("Accuracy: 98/100", {"accuracy": 0.98}),
        ("Hits@10: 0.55 | MRR: 0.31", {"hits@10": 0.55, "mrr": 0.31}),
        ("Learning rate: 0.001", {}),
        ("Survival rate (women): 0.742", {}),
    ],
)
def test_lines_of_simulations_and_remarks_in_brackets(line: str, found: dict[str, float]) -> None:
    assert read("", line) == found


def test_the_day_of_a_simulation_is_its_step() -> None:
    point = Reader().read("day 20: susceptible 8663.5, infected 931.3")
    assert point is not None and point.step == 20


@pytest.mark.parametrize(
    ("source", "value", "found"),
    [
        ("np.mean(scores)", 0.5, {"scores_mean": 0.5}),
        ("pd.Series(errors).mean()", 0.25, {"errors_mean": 0.25}),
        ("(predicted == y).mean()", 0.75, {"accuracy": 0.75}),
        ("cross_val_score(model, X, y).mean()", 0.5, {"cross_val_score_mean": 0.5}),
        ("mean_accuracy", 0.5, {"mean_accuracy": 0.5}),
    ],
)
def test_a_mean_that_is_shown_is_no_point_of_what_it_is_the_mean_of(
    source: str, value: float, found: dict[str, float]
) -> None:
    shown = [values for values, _origin, _exact in results(ast.parse(source), value)]
    assert shown == [found]


def test_an_expression_tells_what_it_makes_of_several_values() -> None:
    def node(text: str) -> ast.expr:
        return ast.parse(text, mode="eval").body

    assert is_mean(node("round(scores.mean() * 100, 2)")) and not is_mean(node("(a == b).mean()"))
    assert made_by(node("table.std().round(3)")) == "std"
    assert made_by(node("table.head()")) == ""


def read_all(source: str, *lines: str) -> dict[str, list[float]]:
    """What a cell prints, line after line: the values of each metric."""
    calls, reader = Calls(), Reader()
    calls.begin(CellCode(source))
    found: dict[str, list[float]] = {}
    for line in lines:
        point = reader.read(pieces.clean(line), calls.names(pieces.clean(line)))
        for item in point.items if point is not None else ():
            found.setdefault(item.name, []).append(item.value)
    return found


def test_a_difference_or_another_measure_of_a_metric_has_not_its_name() -> None:
    assert read("print(f'Gain: {kd_acc - student_acc:+.2f} points')", "Gain: -18.64 points") == {}
    assert read("print('in bits:', (best_val_loss / math.log(2)).item())", "in bits: 4.37") == {}
    assert read("print(total_loss / len(loader))", "0.4213") == {"total_loss": 0.4213}
    assert read("print('%.3f' % (running_loss / 100))", "0.421") == {"running_loss": 0.421}


@pytest.mark.parametrize(
    ("printed", "line", "found"),
    [
        (
            "f'{method} | Episode {e}/{n} | avg return: {r:.2f}'",
            "sarsa | Episode 30/120 | avg return: -98.1",
            {"avg_return/sarsa": -98.1},
        ),
        (
            "f'[{name}] epoch {e+1}/{n} loss={l:.3f} test_acc={a:.2f}%'",
            "[student+KD] epoch 1/3 loss=2.291 test_acc=31.99%",
            {"loss/student+kd": 2.291, "test_acc/student+kd": 31.99},
        ),
        (
            "F.__name__, 'AIC', round(m.AIC_, 1), 'c-index', round(c, 4)",
            "WeibullAFTFitter AIC 2150.2 c-index 0.6238",
            {"aic/weibullaftfitter": 2150.2, "c_index/weibullaftfitter": 0.6238},
        ),
        (
            "f'{name:<16} final regret: {c[-1]:7.2f}   regret@100: {c[99]:6.2f}'",
            "eps-greedy 0.1   final regret:   26.04   regret@100:  15.79",
            {"final_regret/eps_greedy_0_1": 26.04, "regret@100/eps_greedy_0_1": 15.79},
        ),
        (
            "f'{phase} Loss: {l:.4f} Acc: {a:.4f}'",
            "val Loss: 0.31 Acc: 0.91",
            {"val_loss": 0.31, "val_acc": 0.91},
        ),
        ("f'{metric}: {v:.3f}'", "accuracy: 0.912", {"accuracy": 0.912}),
        ("f'{stamp()} epoch {e} loss {l}'", "12s epoch 3 loss 0.42", {"loss": 0.42}),
        ("msg, 'loss', l", "epoch 3 of 5 loss 0.42", {"loss": 0.42}),
    ],
)
def test_the_name_that_leads_a_line_says_whose_all_its_metrics_are(
    printed: str, line: str, found: dict[str, float]
) -> None:
    assert read(f"for name in names:\n    print({printed})", line) == found


def test_a_name_that_is_printed_as_a_heading_says_whose_the_lines_below_it_are() -> None:
    source = (
        "for name, model in models.items():\n"
        "    print(f'--- {name} ---')\n"
        "    print('Accuracy:', accuracy_score(y, p))\n"
        "    print('F1: %.3f' % f)\n"
        "print('Best accuracy:', best)\n"
    )
    lines = ("--- Ridge ---", "Accuracy: 0.91", "F1: 0.85", "--- k-NN ---", "Accuracy: 0.87", "F1: 0.81")
    assert read_all(source, *lines, "Best accuracy: 0.91") == {
        "accuracy/ridge": [0.91],
        "f1/ridge": [0.85],
        "accuracy/k_nn": [0.87],
        "f1/k_nn": [0.81],
        "best_accuracy": [0.91],
    }


def test_headings_that_are_written_out_are_of_models_when_the_same_lines_follow_each() -> None:
    source = (
        "print('------ Linear Regression ------')\nprint('MAE :', a)\n"
        "print('------ Ridge ------')\nprint('MAE :', b)\n"
        "print('Best MAE:', c)\n"
    )
    lines = ("------ Linear Regression ------", "MAE : 1.884", "------ Ridge ------", "MAE : 1.941")
    assert read_all(source, *lines, "Best MAE: 1.884") == {
        "mae/linear_regression": [1.884],
        "mae/ridge": [1.941],
        "best_mae": [1.884],
    }
    once = "print('------ Results ------')\nprint('MAE :', a)\n"
    assert read_all(once, "------ Results ------", "MAE : 1.884") == {"mae": [1.884]}


@pytest.mark.parametrize(
    ("line", "step", "found"),
    [
        ("seed=2 epoch=5 train_mse=0.06", 5, {"train_mse/seed_2": 0.06}),
        ("Fold 1 | Epoch 3 | loss 0.5 | val_acc 0.8", 3, {"loss/fold_1": 0.5, "val_acc/fold_1": 0.8}),
        ("Trial 4, epoch 2/9: loss 0.5", 2, {"loss/trial_4": 0.5}),
        ("seed 3: accuracy 0.9", 3, {"accuracy": 0.9}),
        ("Fold 2: logloss 0.51, best iteration 57", 2, {"logloss": 0.51}),
        ("epoch 1/3 step 40/100 loss 0.5", 40, {"loss": 0.5}),
    ],
)
def test_the_epochs_of_each_fold_trial_or_seed_are_a_series(
    line: str, step: float, found: dict[str, float]
) -> None:
    point = Reader().read(line)
    assert point is not None and point.step == step
    assert {item.name: item.value for item in point.items} == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("simple: AIC=2113.4  adj. R2=0.741", {"aic/simple": 2113.4, "adj_r2/simple": 0.741}),
        ("Winner: holt-winters with RMSE 9.87", {"rmse": 9.87}),
        ("[2] The condition number is large, 1.36e+04. This might indicate", {}),
        ("Validation loss decreased (0.521 --> 0.483).  Saving model ...", {}),
        ("Valid Score Improved (-inf ---> 0.0258)", {}),
        ("clf.score(X_test, y_test)=0.9766", {"score": 0.9766}),
        ("     A = 2.0137 \u00b1 0.0123", {"a": 2.0137, "a_std": 0.0123}),
        ("Mean age: 29.7 \u00b1 14.5", {}),
        ("Shapiro-Wilk: W=0.987, p=0.0012", {"w/shapiro_wilk": 0.987, "p/shapiro_wilk": 0.0012}),
        ("t = -2.312, p = 0.0214", {"t": -2.312, "p": 0.0214}),
        ("step  10 | infected   12 | recovered    3", {"infected": 12, "recovered": 3}),
        ("epoch 3 | batches 120", {}),
        ("R0 = 3.50", {"r0": 3.5}),
    ],
)
def test_lines_as_statistics_and_callbacks_write_them(line: str, found: dict[str, float]) -> None:
    assert read("", line) == found


def test_what_there_were_so_many_of_is_no_part_of_the_name_that_follows() -> None:
    source = "print('%s classifier : %d train docs  accuracy: %.3f' % (name, n_train, accuracy))"
    assert read(source, "SGD classifier : 1200 train docs  accuracy: 0.912") == {"accuracy/sgd": 0.912}


def test_a_very_long_sum_is_read_too() -> None:
    assert read("total = " + " + ".join(["1"] * 700) + "\nprint(accuracy)", "0.912") == {"accuracy": 0.912}
