# %%
from sklearn.datasets import load_iris
from sklearn.model_selection import cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.neural_network import MLPClassifier
# %%
iris = load_iris()
# %%
iris.data.shape
# %%
iris.target_names
# %%
model = make_pipeline(StandardScaler(), MLPClassifier((4,), max_iter=30, random_state=4))
# %%
import warnings
warnings.filterwarnings("ignore")
# %%
scores = cross_val_score(model, iris.data, iris.target, cv=3)
# %%
print("accuracy: %.3f" % scores.mean())
