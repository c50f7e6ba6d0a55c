# Style: library documentation. A classifier with an eval_set, then its best score.

# %%
import pandas as pd
from catboost import CatBoostClassifier, Pool
from sklearn.model_selection import train_test_split

# %%
df = pd.read_csv('data/mushrooms.csv')
X = df.drop('class', axis=1)
y = (df['class'] == 'p').astype(int)
categorical_features_indices = list(range(X.shape[1]))
print('Labels: {}'.format(set(y)))
print('Zero count = {}, One count = {}'.format(len(y) - sum(y), sum(y)))

# %%
X_train, X_validation, y_train, y_validation = train_test_split(X, y, train_size=0.8, random_state=1234)

# %%
model = CatBoostClassifier(
    iterations=60,
    learning_rate=0.1,
    depth=4,
    l2_leaf_reg=5,
    custom_loss=['Accuracy'],
    random_seed=42,
    logging_level='Verbose',
    allow_writing_files=False,
)
model.fit(
    X_train, y_train,
    cat_features=categorical_features_indices,
    eval_set=(X_validation, y_validation),
    verbose=20,
    plot=False,
);

# %%
print('Model is fitted: ' + str(model.is_fitted()))
model.get_best_score()
