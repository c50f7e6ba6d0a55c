"""Keras, with PyTorch and with TensorFlow below it."""

from __future__ import annotations

from typing import Any

import pytest

MODEL = """
import keras, numpy as np, logging
logging.getLogger('tensorflow').setLevel(logging.ERROR)
keras.utils.set_random_seed(1)
X = np.random.rand(120, 4).astype('float32'); y = (X.sum(1) > 2).astype('int32')
X_val, y_val = X[:20], y[:20]
def build():
    return keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(6, 'relu'),
                             keras.layers.Dense(2, 'softmax')])
model = build()
"""
COMPILE = (
    "model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.02, beta_1=0.8),\n"
    "              loss='sparse_categorical_crossentropy', metrics=['accuracy'])"
)
FIT = "history = model.fit(X, y, epochs=3, batch_size=32, validation_split=0.25, verbose=0)"


@pytest.fixture(scope="module", params=["torch", "tensorflow"])
def environment(request: pytest.FixtureRequest) -> dict[str, str]:
    return {"KERAS_BACKEND": request.param}


@pytest.fixture
def model(trial: Any) -> Any:
    trial.cell(MODEL)
    trial.cell(COMPILE)
    return trial


def test_the_optimizer_and_the_loss_are_recorded_when_the_model_is_compiled(model: Any) -> None:
    assert model.params["Adam.learning_rate"] == 0.02
    assert model.params["Adam.beta_1"] == 0.8
    assert model.params["compile.loss"] == "sparse_categorical_crossentropy"
    assert model.params["compile.metrics"] == ["accuracy"]


def test_each_epoch_is_a_point_while_the_training_goes_on(model: Any) -> None:
    model.cell(
        "import json, glob\n"
        "class Look(keras.callbacks.Callback):\n"
        "    seen = []\n"
        "    def on_epoch_end(self, epoch, logs=None):\n"
        f"        path = glob.glob('runs/*/{model.run}/metrics.jsonl')\n"
        "        self.seen.append(sum(1 for _ in open(path[0])) if path else 0)\n"
        "_ = model.fit(X, y, epochs=3, verbose=0, callbacks=[Look()])"
    )
    assert model.cell("print(Look.seen)") in ("[0, 1, 2]\n", "[1, 2, 3]\n")


def test_metrics_have_the_values_and_epochs_of_the_history(model: Any) -> None:
    model.cell(FIT)
    printed = model.cell("print({key: list(map(float, values)) for key, values in history.history.items()})")
    for key, values in eval(printed).items():
        assert model.series(key) == list(enumerate(values))
        assert model.origins[key] == "keras"
    assert model.params["fit.epochs"] == 3
    assert model.params["fit.batch_size"] == 32
    assert model.params["fit.validation_split"] == 0.25


def test_an_evaluation_is_apart_from_the_training(model: Any) -> None:
    model.cell(FIT)
    printed = model.cell("print([float(v) for v in model.evaluate(X, y, verbose=0)])")
    loss, accuracy = eval(printed)
    assert [value for _, value in model.series("test_loss")] == [loss]
    assert [value for _, value in model.series("test_accuracy")] == [accuracy]
    model.cell("_ = model.evaluate(X_val, y_val, verbose=0)")
    assert model.series("val_loss")[-1][0] is not None
    assert len(model.series("val_loss")) == 4


def test_what_callbacks_are_made_with_is_recorded(model: Any) -> None:
    model.cell(
        "_ = model.fit(X, y, epochs=1, verbose=0, validation_split=0.2, callbacks=[\n"
        "    keras.callbacks.EarlyStopping(patience=7), keras.callbacks.ReduceLROnPlateau(factor=0.5)])"
    )
    assert model.params["EarlyStopping.patience"] == 7
    assert model.params["ReduceLROnPlateau.factor"] == 0.5


def test_results_and_streams_are_the_same_without_the_tracker(model: Any) -> None:
    model.undisturbed(
        "keras.utils.set_random_seed(5); model = build()\n"
        + COMPILE
        + "\n"
        + FIT
        + "\nprint(history.history, np.random.random(), keras.random.uniform((1,)).tolist()"
        " if keras.backend.backend() == 'torch' else np.random.random())"
    )


def test_the_loss_of_a_tape_is_recorded_when_nothing_else_tells_it(
    trial: Any, environment: dict[str, str]
) -> None:
    if environment["KERAS_BACKEND"] != "tensorflow":
        # The other backend has no tapes; its losses are those of PyTorch.
        return
    trial.cell(
        "import tensorflow as tf\n"
        "w = tf.Variable(3.0); values = []\n"
        "for step in range(4):\n"
        "    with tf.GradientTape() as tape:\n"
        "        loss = (w - 1.0) ** 2\n"
        "    w.assign_sub(0.1 * tape.gradient(loss, w))"
    )
    found = [value for _, value in trial.series("loss/backward")]
    assert found == pytest.approx([4.0, 2.56, 1.6384, 1.048576], rel=1e-5)
    assert trial.origins["loss/backward"] == "backward"


def test_keras_inside_tensorflow_is_the_same(trial: Any, environment: dict[str, str]) -> None:
    if environment["KERAS_BACKEND"] != "tensorflow":
        return
    trial.cell(MODEL.replace("import keras,", "import tensorflow as tf; keras = tf.keras; import"))
    trial.cell(COMPILE)
    trial.cell(FIT)
    assert len(trial.series("val_accuracy")) == 3
