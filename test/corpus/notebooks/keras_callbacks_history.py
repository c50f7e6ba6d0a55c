# Style: competition. Early stopping and a plateau schedule, the history as a frame, a submission.

# %%
import numpy as np
import pandas as pd
import matplotlib.pyplot as plt
import keras
from keras.models import Sequential
from keras.layers import Dense, Dropout, BatchNormalization, Input
from keras.callbacks import EarlyStopping, ReduceLROnPlateau
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

SEED = 42
keras.utils.set_random_seed(SEED)

# %%
train = pd.read_csv('data/train.csv')
test = pd.read_csv('data/test.csv')
X = StandardScaler().fit_transform(train.drop(['id', 'target'], axis=1))
y = train['target'].values
X_train, X_val, y_train, y_val = train_test_split(X, y, test_size=0.2, random_state=SEED, stratify=y)

# %%
def build_model():
    model = Sequential([
        Input((X.shape[1],)),
        Dense(64, activation='relu'),
        BatchNormalization(),
        Dropout(0.3),
        Dense(1, activation='sigmoid'),
    ])
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=2e-3), loss='binary_crossentropy', metrics=[keras.metrics.AUC(name='auc')])
    return model

model = build_model()

# %%
es = EarlyStopping(monitor='val_auc', mode='max', patience=5, restore_best_weights=True)
plateau = ReduceLROnPlateau(monitor='val_loss', factor=0.5, patience=2, verbose=1)
history = model.fit(X_train, y_train, validation_data=(X_val, y_val), epochs=8, batch_size=128, callbacks=[es, plateau], verbose=2)

# %%
history_df = pd.DataFrame(history.history)
history_df.loc[:, ['loss', 'val_loss']].plot()
plt.show()
print("Minimum validation loss: {:0.4f}".format(history_df['val_loss'].min()))
print("Best Validation AUC: {:0.4f}".format(history_df['val_auc'].max()))

# %%
pd.DataFrame({'id': test.id, 'target': model.predict(test.drop('id', axis=1).values, verbose=0).ravel()}).to_csv('submission.csv', index=False)
model.save('best.keras')
