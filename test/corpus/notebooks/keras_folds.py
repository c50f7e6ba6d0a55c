# Style: competition. A fold loop around fit; the best value of each fold is printed, the mean at the end.

# %%
import gc
import numpy as np
import pandas as pd
import keras
from keras import layers, callbacks
from sklearn.model_selection import KFold
from sklearn.metrics import mean_squared_error

# %%
df = pd.read_csv('data/houses.csv')
df['LotFrontage'] = df['LotFrontage'].fillna(0)
y = np.log1p(df.SalePrice.values)
X = pd.get_dummies(df.drop(columns=['Id', 'SalePrice'])).astype('float32')
X = ((X - X.mean()) / X.std()).values

# %%
FOLDS = 3
EPOCHS = 10
BATCH_SIZE = 64
LR = 0.01
VERBOSE = 0

scores = []
for fold, (tr, va) in enumerate(KFold(FOLDS, shuffle=True, random_state=2021).split(X)):
    keras.backend.clear_session()
    model = keras.Sequential([layers.Input((X.shape[1],)), layers.Dense(48, activation='swish'), layers.Dense(1, bias_initializer=keras.initializers.Constant(12.0))])
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=LR), loss='mse')
    model.fit(X[tr], y[tr], validation_data=(X[va], y[va]), epochs=EPOCHS, batch_size=BATCH_SIZE,
              callbacks=[callbacks.EarlyStopping(patience=4, restore_best_weights=True)], verbose=VERBOSE)
    rmse = mean_squared_error(y[va], model.predict(X[va], verbose=0)) ** 0.5
    scores.append(rmse)
    print(f'#### FOLD {fold + 1} RMSE = {rmse:.4f}')
    del model; gc.collect()

print(f'#### OVERALL RMSE = {np.mean(scores):.4f} +/- {np.std(scores):.4f}')
