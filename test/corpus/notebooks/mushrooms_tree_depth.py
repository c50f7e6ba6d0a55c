# Style: competition. Depths in a loop, two lists; the numbers stand bare on a line.

# %%
import pandas as pd
from sklearn.preprocessing import OrdinalEncoder
from sklearn.tree import DecisionTreeClassifier
from sklearn.model_selection import train_test_split

# %%
shrooms = pd.read_csv("data/mushrooms.csv")
shrooms.head()

# %%
X = OrdinalEncoder().fit_transform(shrooms.drop("class", axis=1))
y = (shrooms["class"] == "p").astype(int)
x_train, x_test, y_train, y_test = train_test_split(X, y, test_size=0.3)

# %%
train_acc = []
test_acc = []
for depth in range(1, 11):
    tree = DecisionTreeClassifier(max_depth=depth, min_samples_leaf=5)
    tree.fit(x_train, y_train)
    train_acc.append(tree.score(x_train, y_train))
    test_acc.append(tree.score(x_test, y_test))
    print(depth, train_acc[-1], test_acc[-1])

# %%
max(test_acc)
