# Style: competition. Two params swept in nested loops, results appended to a list of tuples and shown as a frame.

# %%
import itertools
import numpy as np
import pandas as pd
from sklearn.datasets import load_diabetes
from sklearn.linear_model import ElasticNet
from sklearn.model_selection import cross_validate

# %%
X, y = load_diabetes(return_X_y=True, as_frame=True)
y.hist(bins=30)

# %%
alphas = [0.001, 0.01, 0.1]
l1_ratios = [0.2, 0.5, 0.9]
res = []
for alpha, l1 in itertools.product(alphas, l1_ratios):
    cv = cross_validate(ElasticNet(alpha=alpha, l1_ratio=l1), X, y, cv=5,
                        scoring=('r2', 'neg_mean_absolute_error'), return_train_score=True)
    res.append((alpha, l1, cv['test_r2'].mean(), -cv['test_neg_mean_absolute_error'].mean()))

# %%
table = pd.DataFrame(res, columns=['alpha', 'l1_ratio', 'r2', 'mae'])
table.style.highlight_max(subset=['r2'])

# %%
best = table.loc[table.r2.idxmax()]
print("best r2 %.4f at alpha=%g l1_ratio=%g" % (best.r2, best.alpha, best.l1_ratio))
