# Style: personal. Recommender: ALS in numpy, hit rate and NDCG at k, popularity baseline; results dict of dicts.
# %%
import numpy as np, pandas as pd
from scipy.sparse import csr_matrix
# %%
r = pd.read_csv("data/ratings.csv")
r.columns = ["user", "item", "rating"][: len(r.columns)] + list(r.columns[3:])
r["u"], r["i"] = r.user.astype("category").cat.codes, r.item.astype("category").cat.codes
n_users, n_items = r.u.nunique(), r.i.nunique()
mask = np.random.rand(len(r)) < 0.8
tr, te = r[mask], r[~mask]
print("Users:", n_users, "Items:", n_items, "Density: %.2f%%" % (100 * len(r) / n_users / n_items))
# %%
factors, reg, n_iter, K = 8, 0.1, 5, 10
R = csr_matrix((tr.rating, (tr.u, tr.i)), shape=(n_users, n_items)).toarray()
M = R > 0
U, V = np.random.normal(0, .1, (n_users, factors)), np.random.normal(0, .1, (n_items, factors))
for it in range(n_iter):
    for u in range(n_users):
        m = M[u]; U[u] = np.linalg.solve(V[m].T @ V[m] + reg * np.eye(factors), V[m].T @ R[u, m])
    for i in range(n_items):
        m = M[:, i]; V[i] = np.linalg.solve(U[m].T @ U[m] + reg * np.eye(factors), U[m].T @ R[m, i])
    P = U @ V.T
    rmse_tr = np.sqrt(((P - R)[M] ** 2).mean())
    rmse_te = np.sqrt(((P[te.u, te.i] - te.rating) ** 2).mean())
    print(f"iter {it+1:>2}: train RMSE {rmse_tr:.4f} | test RMSE {rmse_te:.4f}")
# %%
def ranking_metrics(scores, k=10):
    hits, ndcg, n = 0, 0.0, 0
    for u, g in te[te.rating >= 4].groupby("u"):
        s = scores[u].copy(); s[M[u]] = -np.inf
        top = np.argsort(-s)[:k]; rel = np.isin(top, g.i.values)
        hits += rel.any(); n += 1
        dcg = (rel / np.log2(np.arange(2, k + 2))).sum(); idcg = (1 / np.log2(np.arange(2, min(len(g), k) + 2))).sum()
        ndcg += dcg / idcg
    return {f"HR@{k}": hits / n, f"NDCG@{k}": ndcg / n}
popularity = np.tile(M.sum(0), (n_users, 1)).astype(float)
results = {"popularity": ranking_metrics(popularity, K), "als": ranking_metrics(P, K)}
# %%
pd.DataFrame(results).T
# %%
for name, m in results.items():
    print(name, m)
