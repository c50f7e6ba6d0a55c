"""One quantity that is seen twice is one metric, and of two sightings the better one is written."""

from __future__ import annotations

from typing import Any

import pytest

from backtrail.tracker.sightings import Rounded, arbiter


def text(recorder: Any, places: int = 4, percent: bool = False, step: Any = None, **values: float) -> None:
    rounded = dict.fromkeys(values, Rounded(places, percent))
    recorder.captured_metrics(values, step, "printed", False, None, rounded)


def written(recorded: Any) -> dict[str, list[float]]:
    recorded.recorder.sightings.settle()
    run = recorded.recorder.moment().run
    if run.points.log is None:
        return {}
    found: dict[str, list[float]] = {}
    for point in recorded.points():
        for key, value in point.items():
            if key not in ("step", "time", "cell"):
                found.setdefault(key, []).append(value)
    return found


def test_what_a_library_tells_exactly_is_not_written_again_rounded(recorded: Any) -> None:
    recorder = recorded.recorder
    for loss in (0.42131, 0.39994, 0.38015):
        recorder.captured_metrics({"loss": loss}, None, "keras")
        text(recorder, loss=round(loss, 4))
    assert written(recorded) == {"loss": [0.42131, 0.39994, 0.38015]}


def test_text_that_came_first_gives_way_to_a_list_that_comes_in_time(recorded: Any) -> None:
    text(recorded.recorder, loss=0.4213)
    recorded.recorder.captured_metrics({"losses": 0.42131}, 0, "variable")
    assert written(recorded) == {"losses": [0.42131]}


def test_a_list_that_comes_late_is_not_a_second_metric(recorded: Any) -> None:
    text(recorded.recorder, loss=0.4213)
    assert written(recorded) == {"loss": [0.4213]}
    recorded.recorder.captured_metrics({"losses": 0.42131}, 0, "variable")
    assert written(recorded) == {"loss": [0.4213]}


def cell_after(recorded: Any) -> Any:
    """A moment of a later execution in the same run."""
    recorder = recorded.recorder
    now = recorder.moment()
    return now._replace(cell=(now.cell or 0) + 1)


def test_a_list_of_a_later_cell_that_was_printed_with_few_digits_is_not_a_second_metric(
    recorded: Any,
) -> None:
    losses = (1.0123457, 0.4184719, 0.2520867, 0.1772842)
    for step, loss in enumerate(losses):
        text(recorded.recorder, places=3, step=step, loss=round(loss, 3))
    assert written(recorded) == {"loss": [1.012, 0.418, 0.252, 0.177]}
    for step, loss in enumerate(losses):
        recorded.recorder.captured_metrics({"losses": loss}, step, "variable", True, cell_after(recorded))
    assert set(written(recorded)) == {"loss"}


def test_another_list_of_a_later_cell_is_whole_though_one_value_was_printed_before(recorded: Any) -> None:
    text(recorded.recorder, places=4, loss=0.4185)
    written(recorded)
    losses = (1.0123457, 0.4184719, 0.2520867, 0.1772842)
    for step, loss in enumerate(losses):
        recorded.recorder.captured_metrics({"losses": loss}, step, "variable", True, cell_after(recorded))
    assert written(recorded)["losses"] == list(losses)


def test_percentages_are_the_same_quantity(recorded: Any) -> None:
    recorded.recorder.captured_metrics({"accuracy": 0.93333333}, None, "variable")
    text(recorded.recorder, places=2, percent=True, acc=93.33)
    assert written(recorded) == {"accuracy": [0.93333333]}


def test_a_variable_that_was_rounded_by_the_notebook_is_the_same_quantity(recorded: Any) -> None:
    recorder = recorded.recorder
    recorder.captured_metrics({"train/score": 0.7266666}, None, "sklearn")
    recorder.captured_metrics({"acc_forest": 72.67}, None, "variable")
    assert written(recorded) == {"train_acc_forest": [0.7266666]}
    recorder.captured_metrics({"acc_forest": 72.67}, None, "last expression")
    recorder.captured_metrics({"acc_forest": 72.9}, None, "last expression")
    assert written(recorded) == {"train_acc_forest": [0.7266666], "acc_forest": [72.9]}


def test_r_squared_is_r2_however_it_is_written(recorded: Any) -> None:
    recorded.recorder.captured_metrics(
        {"rsquared": 0.7702041, "rsquared_adj": 0.7654661}, None, "statsmodels"
    )
    text(recorded.recorder, places=3, r_squared=0.770)
    text(recorded.recorder, places=3, r_squared=0.765)
    assert written(recorded) == {"rsquared": [0.7702041], "rsquared_adj": [0.7654661]}


def test_the_f_test_of_a_summary_is_that_of_the_library(recorded: Any) -> None:
    exact = {"fvalue": 1112.9069594893365, "f_pvalue": 6.595038187021512e-167, "llf": -665.6309640487063}
    recorded.recorder.captured_metrics(exact, None, "statsmodels")
    text(recorded.recorder, places=1, f_statistic=1112.9)
    text(recorded.recorder, places=169, prob_f_statistic=6.60e-167)
    text(recorded.recorder, places=2, log_likelihood=-665.63)
    assert written(recorded) == {name: [value] for name, value in exact.items()}


def test_scores_that_are_printed_as_an_array_are_those_of_the_library(recorded: Any) -> None:
    recorder = recorded.recorder
    exact = (0.5166666666666667, 0.4666666666666667, 0.55, 0.5, 0.5333333333333333)
    for fold, score in enumerate(exact):
        recorder.captured_metrics({"cross_val_score": score}, fold, "sklearn")
    for score in exact:
        text(recorder, places=max(2, len(repr(round(score, 8))) - 2), scores=round(score, 8))
    text(recorder, places=16, scores_mean=0.5133333333333333)
    assert written(recorded) == {"cross_val_score": list(exact), "scores_mean": [0.5133333333333333]}


def test_a_table_that_has_a_name_and_is_shown_is_one_table(recorded: Any) -> None:
    for _ in range(2):
        recorded.recorder.captured_metrics({"score/lr": 53.01}, None, "table")
    assert written(recorded) == {"score/lr": [53.01]}


def test_parts_of_the_data_are_kept_apart_even_when_they_agree(recorded: Any) -> None:
    recorded.recorder.captured_metrics({"train_acc": 0.96875}, None, "variable")
    text(recorded.recorder, places=5, test_acc=0.96875)
    assert set(written(recorded)) == {"train_acc", "test_acc"}


def test_different_metrics_with_one_value_are_two(recorded: Any) -> None:
    recorded.recorder.captured_metrics({"precision": 0.91111}, None, "variable")
    text(recorded.recorder, places=5, recall=0.91111)
    assert set(written(recorded)) == {"precision", "recall"}


def test_a_printed_series_has_no_gap_where_a_value_is_like_another(recorded: Any) -> None:
    recorder = recorded.recorder
    recorder.captured_metrics({"final_score": 0.8125}, None, "variable")
    for value in (0.75, 0.8125, 0.875, 0.8125):
        text(recorder, places=4, score=value)
    assert written(recorded)["score"] == [0.75, 0.8125, 0.875, 0.8125]


def test_what_seemed_a_repetition_is_written_when_it_goes_on_otherwise(recorded: Any) -> None:
    recorder = recorded.recorder
    recorder.captured_metrics({"start_score": 0.8125}, None, "variable")
    for step, value in enumerate((0.8125, 0.75, 0.875)):
        text(recorder, places=4, step=step, score=value)
    assert written(recorded)["score"] == [0.8125, 0.75, 0.875]


def test_a_function_of_scikit_learn_has_the_name_the_notebook_gives_it(recorded: Any) -> None:
    recorder = recorded.recorder
    recorder.captured_metrics({"accuracy_score": 0.9824561}, None, "sklearn")
    recorder.captured_metrics({"accuracy_score": 0.9473684}, None, "sklearn")
    text(recorder, places=3, train_accuracy=0.982)
    text(recorder, places=3, test_accuracy=0.947)
    assert written(recorded) == {"train_accuracy": [0.9824561], "test_accuracy": [0.9473684]}
    assert {event["origin"] for event in recorded.events("metric")} == {"sklearn"}


def test_scores_of_folds_are_a_series_though_the_training_told_the_same_values(recorded: Any) -> None:
    recorder = recorded.recorder
    for best, score in ((0.9527512, 0.9527512), (0.9410034, 0.9410034), (0.9643501, 0.9651112)):
        recorder.captured_metrics({"valid_0/auc": best}, None, "lightgbm")
        recorder.captured_metrics({"val/roc_auc_score": score}, None, "sklearn")
        text(recorder, valid_0_auc=round(best, 4))
        text(recorder, auc=round(score, 4))
    found = written(recorded)
    assert found["valid_0/auc"] == [0.9527512, 0.9410034, 0.9643501]
    assert found["auc"] == [0.9527512, 0.9410034, 0.9651112]


def test_a_score_that_is_printed_with_a_zero_at_its_end_is_the_same(recorded: Any) -> None:
    recorded.recorder.captured_metrics({"roc_auc_score": 0.75396406}, None, "sklearn")
    text(recorded.recorder, places=4, score=0.7540)
    assert written(recorded) == {"score": [0.75396406]}


def test_what_a_loop_prints_names_its_scores_however_late_it_is_read(
    recorded: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder, later = recorded.recorder, 0.0
    monkeypatch.setattr(arbiter.time, "monotonic", lambda: later)
    exact = (0.64071425, 0.77650842, 0.71249139)
    for score in exact:
        recorder.captured_metrics({"roc_auc_score": score}, None, "sklearn")
    later = 3.0
    recorder.sightings.settle(everything=False, behind=True)
    for step, score in enumerate(exact):
        text(recorder, places=4, step=step, score=round(score, 4))
    assert written(recorded) == {"score": list(exact)}


def test_a_score_without_a_name_keeps_that_of_the_function(recorded: Any) -> None:
    recorded.recorder.captured_metrics({"f1_score": 0.875}, None, "sklearn")
    assert written(recorded) == {"f1_score": [0.875]}


def test_what_the_user_logs_wins_before_and_after(recorded: Any) -> None:
    recorder = recorded.recorder
    text(recorder, loss=0.5)
    assert written(recorded) == {"loss": [0.5]}
    recorder.metrics({"loss": 0.25}, None, None)
    text(recorder, loss=0.125)
    recorder.captured_metrics({"losses": 0.0625}, None, "variable")
    assert written(recorded) == {"loss": [0.5, 0.25]}
    assert [event["origin"] for event in recorded.events("metric")] == ["printed", "logged"]


def test_a_score_that_the_user_logs_under_another_name_is_that_metric(recorded: Any) -> None:
    recorder = recorded.recorder
    for step, value in enumerate((0.8125, 0.84375, 0.875)):
        recorder.captured_metrics({"score": value}, None, "sklearn")
        recorder.captured_metrics({"train/score": value + 0.03125}, None, "sklearn")
        recorder.metrics({"accuracy": value, "train_accuracy": value + 0.03125}, step, None)
    assert set(written(recorded)) == {"accuracy", "train_accuracy"}


def test_a_score_that_is_logged_rounded_or_as_a_percentage_is_that_metric(recorded: Any) -> None:
    recorder = recorded.recorder
    recorder.captured_metrics({"score": 0.8765432}, None, "sklearn")
    recorder.metrics({"accuracy": 0.8765}, 0, None)
    assert set(written(recorded)) == {"accuracy"}
    recorder.captured_metrics({"r2": 0.7654321}, None, "last expression")
    recorder.metrics({"fit": 76.54321}, 0, None)
    assert set(written(recorded)) == {"accuracy", "fit"}


def test_other_values_and_other_metrics_are_not_claimed_by_what_is_logged(recorded: Any) -> None:
    recorder = recorded.recorder
    for step, value in enumerate((0.8125, 0.84375, 0.875)):
        recorder.captured_metrics({"score": value}, None, "sklearn")
        recorder.captured_metrics({"recall_score": value}, None, "sklearn")
        recorder.captured_metrics({"test/score": 0.59375}, None, "variable")
        recorder.metrics({"precision": value, "train_accuracy": 0.59375}, step, None)
    assert set(written(recorded)) == {"precision", "train_accuracy", "recall_score", "test/score"}


def test_what_is_best_of_a_series_is_a_metric_of_its_own(recorded: Any) -> None:
    recorder = recorded.recorder
    for index, value in enumerate((0.75, 0.8125, 0.78125)):
        recorder.captured_metrics({"test_acc": value}, index, "variable")
    recorder.captured_metrics({"test_acc_max": 0.8125}, None, "last expression")
    assert written(recorded) == {"test_acc": [0.75, 0.8125, 0.78125], "test_acc_max": [0.8125]}


def test_scores_of_training_and_test_are_two_series_when_they_are_printed_alike(recorded: Any) -> None:
    recorder = recorded.recorder
    recorder.captured_metrics({"train/accuracy_score": 0.9824561}, None, "sklearn")
    recorder.captured_metrics({"accuracy_score": 0.9473684}, None, "sklearn")
    text(recorder, places=7, accuracy_score=0.9824561)
    text(recorder, places=7, accuracy_score=0.9473684)
    assert written(recorded) == {"train/accuracy_score": [0.9824561], "accuracy_score": [0.9473684]}
    recorder.captured_metrics({"train/f1_score": 0.8765432}, None, "sklearn")
    text(recorder, places=7, f1=0.8765432)
    assert written(recorded)["train_f1"] == [0.8765432]


def test_a_source_that_is_switched_off_writes_nothing(recorded: Any) -> None:
    recorded.recorder.options.use({"capture_off": ["printed"]})
    text(recorded.recorder, loss=0.5)
    recorded.recorder.captured_metrics({"accuracy": 0.75}, None, "variable")
    assert written(recorded) == {"accuracy": [0.75]}


def test_the_log_says_where_a_metric_comes_from_and_whether_it_is_exact(recorded: Any) -> None:
    text(recorded.recorder, loss=0.5)
    recorded.recorder.captured_metrics({"accuracy": 0.75}, None, "variable")
    written(recorded)
    told = {event["key"]: (event["origin"], event.get("exact", True)) for event in recorded.events("metric")}
    assert told == {"loss": ("printed", False), "accuracy": ("variable", True)}


def test_very_many_sightings_are_settled_in_time(recorded: Any) -> None:
    for index in range(3_000):
        recorded.recorder.captured_metrics({"losses": index / 7}, index, "variable")
        text(recorded.recorder, places=3, step=index, loss=round(index / 7, 3))
    assert len(written(recorded)["losses"]) == 3_000


def test_the_best_of_a_series_that_is_printed_takes_nothing_from_it(recorded: Any) -> None:
    for score in (0.29341, 0.31497, 0.28464, 0.28349, 0.21027):
        recorded.recorder.captured_metrics({"silhouette_score": score}, None, "sklearn")
    text(recorded.recorder, places=3, silhouette=0.315)
    assert written(recorded) == {"silhouette_score": [0.29341, 0.31497, 0.28464, 0.28349, 0.21027]}


def test_an_error_that_is_computed_twice_has_the_name_that_is_printed(recorded: Any) -> None:
    for error in (5.63517, 6.00503, 6.00503):
        recorded.recorder.captured_metrics({"mean_squared_error": error}, None, "sklearn")
    text(recorded.recorder, places=5, **{"mse/forest": 6.00503})
    assert written(recorded)["mse/forest"] == [6.00503]


def test_an_error_that_is_computed_for_its_root_is_no_second_metric(recorded: Any) -> None:
    recorded.recorder.captured_metrics({"mean_squared_error": 0.0283117}, None, "sklearn")
    text(recorded.recorder, places=4, rmse=0.1683)
    assert written(recorded) == {"rmse": [0.1683]}
    recorded.recorder.captured_metrics({"mean_squared_error": 0.25}, None, "sklearn")
    assert written(recorded)["mean_squared_error"] == [0.25]


def test_a_series_that_is_printed_is_written_though_its_end_is_left_in_a_variable(recorded: Any) -> None:
    for step, inertia in enumerate((1174.764, 801.302, 780.985)):
        text(recorded.recorder, 3, step=step, inertia=inertia)
    recorded.recorder.captured_metrics({"inertia": 780.985083548631}, None, "variable")
    assert written(recorded) == {"inertia": [1174.764, 801.302, 780.985]}


def test_a_list_is_whole_though_a_single_1_was_told_before_of_which_most_of_it_are(recorded: Any) -> None:
    text(recorded.recorder, 0, test_accuracy=1)
    assert written(recorded) == {"test_accuracy": [1]}
    for step, value in enumerate((0.6333333333333333, 1, 1, 1)):
        seen = {"test_accuracy": value}
        recorded.recorder.captured_metrics(seen, step, "variable", True, cell_after(recorded))
    assert written(recorded) == {"test_accuracy": [1, 0.6333333333333333, 1, 1, 1]}


def test_a_perfect_score_of_a_later_cell_is_a_metric_though_another_series_ended_with_it(
    recorded: Any,
) -> None:
    recorder = recorded.recorder
    for step, value in enumerate((0.8, 0.975, 1.0)):
        recorder.captured_metrics({"acc": value}, step, "variable")
    assert written(recorded) == {"acc": [0.8, 0.975, 1.0]}
    later = cell_after(recorded)
    recorder.captured_metrics({"test_accuracy": 1.0}, None, "variable", True, later)
    # What is had by no chance is the end of the series.
    recorder.captured_metrics({"final_acc": 0.975}, None, "variable", True, later)
    found = written(recorded)
    assert found["test_accuracy"] == [1.0] and found.keys() == {"acc", "test_accuracy"}


def test_a_series_of_a_later_cell_has_no_gap_where_its_first_values_are_what_was_told_before(
    recorded: Any,
) -> None:
    recorder = recorded.recorder
    recorder.captured_metrics({"accuracy": 0.70016}, None, "variable")
    assert written(recorded) == {"accuracy": [0.70016]}
    later = cell_after(recorded)
    for k, accuracy in enumerate((0.7, 0.7, 0.733)):
        form = {"accuracy": Rounded(3, False)}
        recorder.captured_metrics({"accuracy": accuracy}, k, "printed", False, later, form)
    assert written(recorded) == {"accuracy": [0.70016, 0.7, 0.7, 0.733]}


def test_what_a_table_prints_with_thirteen_digits_is_what_it_holds(recorded: Any) -> None:
    recorder = recorded.recorder
    recorder.captured_metrics({"accuracy": 0.7357142857142858}, 0, "variable")
    form = {"accuracy/0": Rounded(13, False)}
    values = {"accuracy/0": 0.7357142857142}
    recorder.captured_metrics(values, None, "printed", False, recorder.moment(), form)
    assert written(recorded) == {"accuracy": [0.7357142857142858]}
