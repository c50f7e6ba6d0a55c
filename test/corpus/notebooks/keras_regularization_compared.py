# Style: course. Three models, histories in a dictionary, the last values in a frame.

# %%
import numpy as np
import pandas as pd
import keras
from keras import layers, regularizers
from sklearn.datasets import make_moons
import matplotlib.pyplot as plt

# %%
X, y = make_moons(n_samples=500, noise=0.35, random_state=3)
X_train, y_train, X_valid, y_valid = X[:300], y[:300], X[300:], y[300:]

# %%
def make_model(l2=0.0, dropout=0.0):
    reg = regularizers.l2(l2) if l2 else None
    return keras.Sequential([
        layers.Input((2,)),
        layers.Dense(32, activation="elu", kernel_regularizer=reg),
        layers.Dropout(dropout),
        layers.Dense(1, activation="sigmoid"),
    ])

settings = {"plain": {}, "l2": {"l2": 0.001}, "dropout": {"dropout": 0.4}}
size_histories = {}
for name, setting in settings.items():
    model = make_model(**setting)
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1, momentum=0.9), loss="binary_crossentropy", metrics=["accuracy"])
    size_histories[name] = model.fit(X_train, y_train, epochs=6, batch_size=50, validation_data=(X_valid, y_valid), verbose=0)

# %%
for name, h in size_histories.items():
    plt.plot(h.history["val_loss"], label=name)
plt.legend(); plt.ylim([0.2, 0.7])
plt.show()

# %%
pd.DataFrame({name: {k: v[-1] for k, v in h.history.items()} for name, h in size_histories.items()})
