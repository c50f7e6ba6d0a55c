"""Gradient boosting: XGBoost, LightGBM and CatBoost."""

GROUP = "boosting"

SEARCHES = frozenset({"fit", "_fit_and_score", "_fit_and_predict"})
"""What of scikit-learn trains models over and over: those trainings are details of a search."""
