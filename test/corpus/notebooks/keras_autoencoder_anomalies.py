# Style: library documentation. Two functions build and train; a threshold and a rate are printed at the end.

# %%
import os
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import pandas as pd
import keras
from keras import layers

# %%
cc = pd.read_csv("data/creditcard.csv")
mean, std = cc.mean(), cc.std()
normal = ((cc - mean) / std)[cc.Class == 0].drop(columns="Class").values
fraud = ((cc - mean) / std)[cc.Class == 1].drop(columns="Class").values
print("Training input shape: ", normal[:2500].shape)

# %%
LATENT_DIM = 4

def get_autoencoder():
    return keras.Sequential([
        layers.Input((normal.shape[1],)),
        layers.Dense(8, activation="relu"),
        layers.Dense(LATENT_DIM, activation="relu"),
        layers.Dense(8, activation="relu"),
        layers.Dense(normal.shape[1]),
    ])

autoencoder = get_autoencoder()
autoencoder.compile(optimizer=keras.optimizers.Adam(learning_rate=0.005), loss="mse")
history = autoencoder.fit(
    normal[:2500], normal[:2500],
    epochs=6,
    batch_size=256,
    validation_split=0.1,
    shuffle=True,
    callbacks=[keras.callbacks.EarlyStopping(monitor="val_loss", patience=5, mode="min")],
)

# %%
train_mse = np.mean((autoencoder.predict(normal[:2500], verbose=0) - normal[:2500]) ** 2, axis=1)
threshold = np.quantile(train_mse, 0.97)
print("Reconstruction error threshold: ", threshold)

# %%
test_mse = np.mean((autoencoder.predict(fraud, verbose=0) - fraud) ** 2, axis=1)
detected = (test_mse > threshold).mean()
print(f"Detection rate: {detected:.1%} of {len(fraud)} anomalies")
