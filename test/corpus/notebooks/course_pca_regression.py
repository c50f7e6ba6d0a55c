# Style: course. PCA, then a regression on the components; sentences with round().

# %%
import numpy as np, pandas as pd
import matplotlib.pyplot as plt
from sklearn.datasets import load_wine
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

# %%
wine = load_wine(as_frame=True)
wine.frame.head()

# %%
X_train, X_test, y_train, y_test = train_test_split(wine.data, wine.target, test_size=0.4, random_state=5)
sc = StandardScaler()
X_train, X_test = sc.fit_transform(X_train), sc.transform(X_test)

# %%
pca = PCA(n_components=3)
Z_train = pca.fit_transform(X_train)
Z_test = pca.transform(X_test)
print("Explained variance:", pca.explained_variance_ratio_.sum().round(3))

# %%
plt.scatter(Z_train[:, 0], Z_train[:, 1], c=y_train)
plt.xlabel('PC1'); plt.ylabel('PC2'); plt.show()

# %%
logit = LogisticRegression(C=2.0).fit(Z_train, y_train)
print("Training accuracy is", round(logit.score(Z_train, y_train), 3))
print("Test accuracy is", round(logit.score(Z_test, y_test), 3))
