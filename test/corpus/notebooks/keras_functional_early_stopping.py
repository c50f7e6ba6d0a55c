# Style: docs. Keras functional model of two branches, early stopping, the best epoch from the history.

# %%
import keras
import numpy as np
import pandas as pd
from keras import layers

# %%
df = pd.read_csv("data/churn.csv")
df = df.assign(y=(df.Churn == "Yes").astype(int))
num = df[["tenure", "MonthlyCharges", "TotalCharges"]].to_numpy("float32")
num = (num - num.mean(0)) / num.std(0)
cat = pd.get_dummies(df[["gender", "Contract", "PaymentMethod"]]).to_numpy("float32")
y = df.y.to_numpy()
keras.utils.set_random_seed(813)
split = int(0.75 * len(df))

# %%
inp_num = keras.Input((num.shape[1],), name="numeric")
inp_cat = keras.Input((cat.shape[1],), name="categories")
x = layers.Dense(32, activation="relu", kernel_regularizer=keras.regularizers.l2(1e-4))(inp_num)
x = layers.Concatenate()([x, inp_cat])
x = layers.Dropout(0.3)(x)
x = layers.Dense(16, activation="relu")(x)
out = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model([inp_num, inp_cat], out)
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=3e-3, beta_1=0.85),
    loss="binary_crossentropy",
    metrics=["accuracy", keras.metrics.AUC(name="auc")],
)

# %%
stop = keras.callbacks.EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True)
plateau = keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=1)
history = model.fit(
    [num[:split], cat[:split]], y[:split],
    validation_split=0.2, epochs=8, batch_size=64, callbacks=[stop, plateau], verbose=0,
)
best_epoch = int(np.argmin(history.history["val_loss"])) + 1
print("best epoch:", best_epoch, "val_auc:", round(history.history["val_auc"][best_epoch - 1], 4))

# %%
loss, acc, auc = model.evaluate([num[split:], cat[split:]], y[split:], verbose=0)
print(f"Test loss {loss:.3f} / accuracy {acc:.3f} / AUC {auc:.3f}")
model.save("churn.keras")
