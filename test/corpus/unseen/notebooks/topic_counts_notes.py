# Style: personal. Topic models of several sizes; perplexity in a list of tuples; no labels.

# %%
import pandas as pd
from sklearn.decomposition import LatentDirichletAllocation
from sklearn.feature_extraction.text import CountVectorizer

docs = pd.read_csv('data/reviews.csv').review[:300]
bow = CountVectorizer(min_df=3, max_df=0.9).fit_transform(docs)
bow

# %%
out = []
for n_topics in (2, 4, 6):
    lda = LatentDirichletAllocation(n_components=n_topics, learning_decay=0.7, max_iter=4, random_state=100)
    lda.fit(bow)
    out.append((n_topics, lda.perplexity(bow), lda.score(bow)))
    print(f"topics={n_topics} perplexity={out[-1][1]:,.1f} log-likelihood={out[-1][2]:,.0f}")

# %%
pd.DataFrame(out, columns=['topics', 'perplexity', 'loglik'])
