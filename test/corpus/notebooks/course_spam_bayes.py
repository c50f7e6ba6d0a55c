# Style: course. Naive Bayes on messages; scores with format().

# %%
import pandas as pd
df = pd.read_table('data/spam.tsv', sep='\t', header=None, names=['label', 'sms_message'])
df['label'] = df.label.map({'ham': 0, 'spam': 1})
print(df.shape)
df.head()

# %%
from sklearn.model_selection import train_test_split
X_train, X_test, y_train, y_test = train_test_split(df['sms_message'], df['label'], random_state=1)
print('Number of rows in the total set: {}'.format(df.shape[0]))
print('Number of rows in the training set: {}'.format(X_train.shape[0]))
print('Number of rows in the test set: {}'.format(X_test.shape[0]))

# %%
from sklearn.feature_extraction.text import CountVectorizer
count_vector = CountVectorizer()
training_data = count_vector.fit_transform(X_train)
testing_data = count_vector.transform(X_test)

# %%
from sklearn.naive_bayes import MultinomialNB
naive_bayes = MultinomialNB(alpha=0.5)
naive_bayes.fit(training_data, y_train)

# %%
predictions = naive_bayes.predict(testing_data)

# %%
from sklearn.metrics import accuracy_score, precision_score, recall_score, f1_score
print('Accuracy score: ', format(accuracy_score(y_test, predictions)))
print('Precision score: ', format(precision_score(y_test, predictions)))
print('Recall score: ', format(recall_score(y_test, predictions)))
print('F1 score: ', format(f1_score(y_test, predictions)))
