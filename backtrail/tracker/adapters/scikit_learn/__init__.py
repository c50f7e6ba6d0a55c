"""scikit-learn: estimators, their training and scores, splits, searches and data."""

GROUP = "scikit-learn"
"""Calls inside another call of this group are details of that one."""

TRAINING = frozenset(
    {"fit", "fit_transform", "fit_predict", "partial_fit", "_fit", "_fit_and_score", "_fit_and_predict"}
)
"""The functions inside which estimators are trained that the user has not asked for by name."""
