# Style: course. PCA, k-means, DBSCAN, agglomerative; scores in a table; t-SNE; a loop over eps.
# %%
import numpy as np, pandas as pd
from sklearn.datasets import load_wine
from sklearn.preprocessing import StandardScaler
from sklearn.decomposition import PCA
from sklearn.cluster import KMeans, DBSCAN, AgglomerativeClustering
from sklearn.mixture import GaussianMixture
from sklearn.metrics import silhouette_score, adjusted_rand_score, normalized_mutual_info_score, davies_bouldin_score
wine = load_wine(as_frame=True)
X = StandardScaler().fit_transform(wine.data)
# %%
pca = PCA(n_components=0.9)
Z = pca.fit_transform(X)
print("components kept:", pca.n_components_)
print("explained variance:", pca.explained_variance_ratio_.sum())
# %%
inertias, sils = [], []
for k in range(2, 7):
    km = KMeans(n_clusters=k, n_init=5, random_state=42).fit(Z)
    inertias.append(km.inertia_)
    sils.append(silhouette_score(Z, km.labels_))
best_k = int(np.argmax(sils)) + 2
print(f"Best k = {best_k} (silhouette {max(sils):.3f})")
# %%
algos = {
    "kmeans": KMeans(n_clusters=best_k, n_init=10, random_state=42),
    "ward": AgglomerativeClustering(n_clusters=best_k, linkage="ward"),
    "gmm": GaussianMixture(n_components=best_k, covariance_type="diag", random_state=42),
}
rows = {}
for name, algo in algos.items():
    labels = algo.fit_predict(Z)
    rows[name] = dict(silhouette=silhouette_score(Z, labels), ARI=adjusted_rand_score(wine.target, labels), NMI=normalized_mutual_info_score(wine.target, labels), DB=davies_bouldin_score(Z, labels))
pd.DataFrame.from_dict(rows, orient="index").round(3)
# %%
for eps in (1.8, 2.2, 2.6):
    lab = DBSCAN(eps=eps, min_samples=5).fit_predict(Z)
    n_clusters = len(set(lab)) - (1 if -1 in lab else 0)
    print(f"eps={eps}: clusters={n_clusters}, noise={np.mean(lab == -1):.1%}")
