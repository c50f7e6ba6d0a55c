# Style: competition. Segments of customers without labels: k by silhouette, a mixture by BIC, a density method.

# %%
import pandas as pd
import numpy as np
import matplotlib.pyplot as plt
from sklearn.cluster import KMeans, DBSCAN, AgglomerativeClustering
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score, davies_bouldin_score
from sklearn.mixture import GaussianMixture
from sklearn.preprocessing import StandardScaler

# %%
data = pd.read_csv('data/churn.csv')
X = data[['tenure', 'MonthlyCharges', 'TotalCharges']]
Xs = StandardScaler().fit_transform(X)
pca = PCA(n_components=2)
Z = pca.fit_transform(Xs)
print("Explained variance:", pca.explained_variance_ratio_.sum())

# %%
sil = []
for k in range(2, 7):
    km = KMeans(n_clusters=k, n_init=5, random_state=1).fit(Z)
    sil.append(silhouette_score(Z, km.labels_))
    print("For n_clusters =", k, "The average silhouette_score is :", sil[-1])
plt.plot(range(2, 7), sil, 'o-'); plt.show()

# %%
best_k = int(np.argmax(sil)) + 2
final = KMeans(n_clusters=best_k, n_init=10, random_state=1)
data['segment'] = final.fit_predict(Z)
print('inertia', final.inertia_)
data.groupby('segment')[['tenure', 'MonthlyCharges']].mean()

# %%
bic = [GaussianMixture(n_components=n, covariance_type='full', random_state=1).fit(Z).bic(Z) for n in range(1, 5)]
bic

# %%
db = DBSCAN(eps=0.3, min_samples=8).fit(Z)
n_noise = list(db.labels_).count(-1)
print('Estimated number of clusters: %d' % len(set(db.labels_) - {-1}))
print('Estimated number of noise points: %d' % n_noise)
print('Davies-Bouldin: %0.3f' % davies_bouldin_score(Z, final.labels_))
