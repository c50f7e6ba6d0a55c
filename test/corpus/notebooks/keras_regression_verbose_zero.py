# Style: course. verbose=0, the history's tail as a last expression, the error of a test set in a sentence.

# %%
import numpy as np
import pandas as pd
np.set_printoptions(precision=3, suppress=True)
import keras
from keras import layers
print(keras.__version__)

# %%
raw_dataset = pd.read_csv('data/auto-mpg.csv')
dataset = raw_dataset.copy()
dataset.tail()

# %%
dataset['origin'] = dataset['origin'].map({1: 'USA', 2: 'Europe', 3: 'Japan'})
dataset = pd.get_dummies(dataset, columns=['origin'], dtype=float)
train_dataset = dataset.sample(frac=0.8, random_state=0)
test_dataset = dataset.drop(train_dataset.index)
train_labels, test_labels = train_dataset.pop('mpg'), test_dataset.pop('mpg')

# %%
normalizer = layers.Normalization(axis=-1)
normalizer.adapt(np.array(train_dataset))

def build_and_compile_model(norm):
    model = keras.Sequential([
        norm,
        layers.Dense(32, activation='relu'),
        layers.Dense(1)
    ])
    model.compile(loss='mean_absolute_error', optimizer=keras.optimizers.Adam(0.01))
    return model

dnn_model = build_and_compile_model(normalizer)

# %%
# %%time
history = dnn_model.fit(train_dataset.values, train_labels.values, validation_split=0.2, verbose=0, epochs=15)

# %%
hist = pd.DataFrame(history.history)
hist['epoch'] = history.epoch
hist.tail()

# %%
test_results = {}
test_results['dnn_model'] = dnn_model.evaluate(test_dataset.values, test_labels.values, verbose=0)
pd.DataFrame(test_results, index=['Mean absolute error [MPG]']).T
