# Style: course. k-means from scratch and of the library, elbow and silhouette.

# %%
import numpy as np
import matplotlib.pyplot as plt
from sklearn.cluster import KMeans
from sklearn.datasets import make_blobs
from sklearn.metrics import silhouette_score

# %%
X, _ = make_blobs(n_samples=400, centers=4, cluster_std=0.9, random_state=0)
plt.scatter(X[:, 0], X[:, 1], s=10);

# %%
def find_closest_centroids(X, centroids):
    return ((X[:, None] - centroids[None]) ** 2).sum(-1).argmin(1)

def run_kMeans(X, K, max_iters=10):
    centroids = X[np.random.permutation(len(X))[:K]]
    for i in range(max_iters):
        print("K-Means iteration %d/%d" % (i, max_iters-1))
        idx = find_closest_centroids(X, centroids)
        centroids = np.array([X[idx == k].mean(0) if (idx == k).any() else centroids[k] for k in range(K)])
    return centroids, idx

K = 4
max_iters = 8
centroids, idx = run_kMeans(X, K, max_iters)

# %%
wcss = []
for i in range(1, 9):
    kmeans = KMeans(n_clusters=i, init='k-means++', max_iter=300, n_init=5)
    kmeans.fit(X)
    wcss.append(kmeans.inertia_)
plt.plot(range(1, 9), wcss)
plt.title('The Elbow Method')
plt.ylabel('WCSS')
plt.show()

# %%
for n_clusters in [2, 3, 4, 5]:
    labels = KMeans(n_clusters=n_clusters, n_init=5).fit_predict(X)
    print("For n_clusters =", n_clusters, "The average silhouette_score is :", silhouette_score(X, labels))
