# Style: docs. Transfer learning in two phases: a frozen base, then all of it with a small rate; callbacks, joined histories.

# %%
import numpy as np
import keras
from keras import layers
import matplotlib.pyplot as plt

keras.utils.set_random_seed(812)

# %%
IMG_SIZE = (12, 12)
BATCH_SIZE = 64
NUM_CLASSES = 4
initial_epochs = 3
fine_tune_epochs = 2
total_epochs = initial_epochs + fine_tune_epochs
base_learning_rate = 0.003

# %%
with np.load("data/images.npz") as data:
    x, y = data["X"][..., None].astype("float32"), data["y"]
n_val = 200
x_train, y_train = x[:-2 * n_val], y[:-2 * n_val]
x_val, y_val = x[-2 * n_val:-n_val], y[-2 * n_val:-n_val]
x_test, y_test = x[-n_val:], y[-n_val:]
print(x_train.shape, x_val.shape, x_test.shape)

# %%
base_model = keras.Sequential([
    keras.Input(shape=IMG_SIZE + (1,)),
    layers.Rescaling(1./255),
    layers.Conv2D(8, 3, activation="relu"),
    layers.MaxPooling2D(),
    layers.Conv2D(16, 3, activation="relu"),
], name="base")
base_model.trainable = False

inputs = keras.Input(shape=IMG_SIZE + (1,))
h = base_model(inputs, training=False)
h = layers.GlobalAveragePooling2D()(h)
h = layers.Dropout(0.2)(h)
outputs = layers.Dense(NUM_CLASSES)(h)
model = keras.Model(inputs, outputs)
model.compile(optimizer=keras.optimizers.Adam(learning_rate=base_learning_rate),
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=["accuracy"])
model.summary()

# %%
loss0, accuracy0 = model.evaluate(x_val, y_val, verbose=0)
print("initial loss: {:.2f}".format(loss0))
print("initial accuracy: {:.2f}".format(accuracy0))

# %%
callbacks = [
    keras.callbacks.EarlyStopping(monitor="val_loss", patience=3, restore_best_weights=True),
    keras.callbacks.ReduceLROnPlateau(factor=0.5, patience=1),
    keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True),
]
history = model.fit(x_train, y_train, batch_size=BATCH_SIZE, epochs=initial_epochs,
                    validation_data=(x_val, y_val), callbacks=callbacks)

# %%
base_model.trainable = True
print("Number of layers in the base model: ", len(base_model.layers))
model.compile(optimizer=keras.optimizers.RMSprop(learning_rate=base_learning_rate / 10),
              loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
              metrics=["accuracy"])
history_fine = model.fit(x_train, y_train, batch_size=BATCH_SIZE, epochs=total_epochs,
                         initial_epoch=history.epoch[-1] + 1, validation_data=(x_val, y_val))

# %%
acc = history.history["accuracy"] + history_fine.history["accuracy"]
val_acc = history.history["val_accuracy"] + history_fine.history["val_accuracy"]
plt.plot(acc, label="Training Accuracy")
plt.plot(val_acc, label="Validation Accuracy")
plt.plot([initial_epochs - 1, initial_epochs - 1], plt.ylim(), label="Start Fine Tuning")
plt.legend(loc="lower right")
plt.show()

# %%
loss, accuracy = model.evaluate(x_test, y_test)
print("Test accuracy :", accuracy)
