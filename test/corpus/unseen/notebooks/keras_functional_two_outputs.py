# Style: library documentation. Two outputs with two losses; the evaluation as a dictionary.

# %%
import numpy as np
import keras
from keras import layers, ops

# %%
rng = np.random.default_rng(0)
x = rng.normal(size=(700, 8)).astype("float32")
price = (x[:, 0] * 2 - x[:, 1] + 0.1 * rng.normal(size=700)).astype("float32")
urgent = (x[:, 2] + x[:, 3] > 0).astype("float32")

# %%
inp = keras.Input((8,), name="features")
h = layers.Dense(24, activation="gelu")(inp)
h = layers.Dropout(0.1)(h)
model = keras.Model(inp, {"price": layers.Dense(1, name="price")(h), "urgent": layers.Dense(1, activation="sigmoid", name="urgent")(h)})

# %%
model.compile(
    optimizer=keras.optimizers.RMSprop(1e-2),
    loss={"price": "mse", "urgent": "binary_crossentropy"},
    loss_weights={"price": 1.0, "urgent": 0.2},
    metrics={"urgent": ["accuracy"]},
)
model.fit(x[:600], {"price": price[:600], "urgent": urgent[:600]}, epochs=3, batch_size=30, verbose=1);

# %%
model.evaluate(x[600:], {"price": price[600:], "urgent": urgent[600:]}, return_dict=True, verbose=0)
