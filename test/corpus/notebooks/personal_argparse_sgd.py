# Style: personal. A script pasted into a notebook: argparse with an empty list of arguments.

# %%
import argparse
import random
import numpy as np
from sklearn.datasets import load_digits
from sklearn.linear_model import SGDClassifier
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split

# %%
parser = argparse.ArgumentParser(description='SGD on digits')
parser.add_argument('--lr', type=float, default=0.01)
parser.add_argument('--epochs', type=int, default=10)
parser.add_argument('--reg', type=float, default=1e-4, help='L2 strength')
parser.add_argument('--test-size', type=float, default=0.3)
parser.add_argument('--seed', type=int, default=1234)
parser.add_argument('--data-dir', type=str, default='./data')
parser.add_argument('--no-plots', action='store_true')
args = parser.parse_args(args=[])
args

# %%
random.seed(args.seed)
np.random.seed(args.seed)

# %%
X, y = load_digits(return_X_y=True)
X_train, X_test, y_train, y_test = train_test_split(X / 16., y, test_size=args.test_size)

# %%
clf = SGDClassifier(loss='log_loss', learning_rate='constant', eta0=args.lr, alpha=args.reg)
best_acc = 0.0
for epoch in range(1, args.epochs + 1):
    order = np.random.permutation(len(X_train))
    clf.partial_fit(X_train[order], y_train[order], classes=np.arange(10))
    train_loss = log_loss(y_train, clf.predict_proba(X_train))
    acc = clf.score(X_test, y_test)
    best_acc = max(best_acc, acc)
    print('Epoch [%d/%d] train loss = %.4f, test acc = %.2f%%' % (epoch, args.epochs, train_loss, 100 * acc))
print('Best: %.2f%%' % (100 * best_acc))
