# Style: course. Word vectors and an average over a review; fit prints its progress bar.

# %%
import numpy as np
import pandas as pd
import keras
from keras import layers
from sklearn.feature_extraction.text import CountVectorizer

# %%
max_features = 120  # only consider the top words
maxlen = 40         # only the first words of each review

reviews = pd.read_csv("data/reviews.csv")
vocabulary = CountVectorizer(max_features=max_features - 2).fit(reviews.review).vocabulary_
ids = np.zeros((len(reviews), maxlen), dtype="int32")
for row, text in enumerate(reviews.review):
    for column, word in enumerate(text.split()[:maxlen]):
        ids[row, column] = vocabulary.get(word, -1) + 2
labels = (reviews.sentiment == "positive").astype("float32").values
x_train, x_val, y_train, y_val = ids[:600], ids[600:], labels[:600], labels[600:]
print(len(x_train), "Training sequences")
print(len(x_val), "Validation sequences")

# %%
inputs = keras.Input(shape=(None,), dtype="int32")
x = layers.Embedding(max_features, 16)(inputs)
x = layers.GlobalAveragePooling1D()(x)
outputs = layers.Dense(1, activation="sigmoid")(x)
model = keras.Model(inputs, outputs)

# %%
model.compile("rmsprop", "binary_crossentropy", metrics=["accuracy"])
model.fit(x_train, y_train, batch_size=32, epochs=3, validation_data=(x_val, y_val))
