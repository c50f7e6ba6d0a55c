# Style: competition. Own log function with the time in front, averages over seeds, an output folder.

# %%
import os, time
from datetime import datetime
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from sklearn.metrics import log_loss
from sklearn.preprocessing import PolynomialFeatures, StandardScaler
from sklearn.pipeline import make_pipeline

# %%
# !mkdir -p output
INPUT_DIR = 'data'
OUTPUT_DIR = 'output'
N_SPLITS = 5
SEEDS = [0, 1, 2]
NROWS = None
DEBUG = True
if DEBUG:
    NROWS = 700

def log(msg):
    line = f'[{datetime.now():%Y-%m-%d %H:%M:%S}] {msg}'
    print(line)
    with open(os.path.join(OUTPUT_DIR, 'train.log'), 'a') as f:
        f.write(line + '\n')

# %%
train = pd.read_csv(f'{INPUT_DIR}/train.csv', nrows=NROWS)
X = train.filter(like='f').values
y = train.target.values
log(f'loaded {len(train)} rows, {X.shape[1]} features')

# %%
def run(seed):
    oof = np.zeros(len(y))
    kf = KFold(n_splits=N_SPLITS, shuffle=True, random_state=seed)
    for i, (a, b) in enumerate(kf.split(X)):
        m = make_pipeline(StandardScaler(), PolynomialFeatures(2), LogisticRegression(C=0.05, max_iter=400))
        m.fit(X[a], y[a])
        oof[b] = m.predict_proba(X[b])[:, 1]
        log(f'seed {seed} fold {i} logloss {log_loss(y[b], oof[b]):.5f}')
    return oof

t0 = time.time()
oof = np.mean([run(s) for s in SEEDS], axis=0)
log(f'total logloss {log_loss(y, oof):.5f}')
log(f'elapsed {time.time() - t0:.1f} s')

# %%
np.save('output/oof.npy', oof)
