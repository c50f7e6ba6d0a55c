# Style: competition. Several models in a loop, printed as "Accuracy: %0.2f (+/- %0.2f) [%s]".

# %%
import numpy as np
import matplotlib.pyplot as plt
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import RandomForestClassifier, VotingClassifier, ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.preprocessing import StandardScaler
from sklearn.pipeline import make_pipeline
from sklearn.model_selection import cross_val_score, KFold

# %%
X, y = load_breast_cancer(return_X_y=True)
print('Shape of data:', X.shape)
print('Malignant: %d  Benign: %d' % ((y == 0).sum(), (y == 1).sum()))

# %%
clf1 = make_pipeline(StandardScaler(), LogisticRegression(C=0.5))
clf2 = RandomForestClassifier(n_estimators=40, min_samples_leaf=2, random_state=1)
clf3 = GaussianNB()
clf4 = ExtraTreesClassifier(n_estimators=40, random_state=1)
eclf = VotingClassifier(estimators=[('lr', clf1), ('rf', clf2), ('gnb', clf3), ('et', clf4)], voting='soft', weights=[2, 1, 1, 1])

# %%
kfold = KFold(n_splits=4, shuffle=True, random_state=7)
means = []
for clf, label in zip([clf1, clf2, clf3, clf4, eclf], ['Logistic Regression', 'Random Forest', 'naive Bayes', 'Extra Trees', 'Ensemble']):
    scores = cross_val_score(clf, X, y, scoring='accuracy', cv=kfold)
    means.append(scores.mean())
    print("Accuracy: %0.2f (+/- %0.2f) [%s]" % (scores.mean(), scores.std(), label))

# %%
plt.bar(range(5), means)
plt.ylim(0.85, 1.0)
plt.ylabel('accuracy')
plt.savefig('models.png', dpi=72)
