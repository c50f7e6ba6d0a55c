# Style: library documentation. cross_validate with several scores, shown as a DataFrame.

# %%
import pandas as pd
from sklearn.datasets import load_diabetes
from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import ShuffleSplit, cross_validate

# %%
data, target = load_diabetes(return_X_y=True, as_frame=True)
data.head()

# %%
regressor = RandomForestRegressor(n_estimators=25, max_features=0.5, min_samples_leaf=4)
cv = ShuffleSplit(n_splits=8, test_size=0.3, random_state=0)

cv_results = cross_validate(
    regressor, data, target, cv=cv,
    scoring="neg_mean_absolute_error", return_train_score=True, n_jobs=1)

# %%
cv_results = pd.DataFrame(cv_results)
cv_results

# %%
print(
    "The mean cross-validated testing error is: "
    f"{-cv_results['test_score'].mean():.2f} ± {cv_results['test_score'].std():.2f}"
)
