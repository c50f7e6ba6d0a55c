# Style: competition. Very short; the score is a cell's last expression.

# %%
from sklearn import datasets, svm
from sklearn.model_selection import train_test_split
digits = datasets.load_digits()
digits.data.shape

# %%
X_train, X_test, y_train, y_test = train_test_split(digits.data, digits.target, test_size=0.5, shuffle=False)

# %%
clf = svm.SVC(gamma=0.001, C=100.)
clf.fit(X_train, y_train)

# %%
clf.score(X_test, y_test)
