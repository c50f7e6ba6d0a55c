"""The notebooks that the tests run each time: of every family, of every adapter, and of what is cheap."""

from __future__ import annotations

SAMPLE = frozenset(
    {
        # competition
        "titanic_many_models",
        "tabular_oof_baseline",
        "lightgbm_folds",
        "xgboost_cv_rounds",
        "linear_baseline_sweep",
        "how_many_features",
        # course
        "course_softmax_minibatch",
        "course_q_learning",
        "course_mnist_classifier_metrics",
        "learner_one_cycle",
        # docs
        "catboost_eval_set",
        "docs_cross_validate_frame",
        "docs_parameters_cell_report",
        "keras_simple_convnet",
        "lightning_module",
        "statsmodels_regression_summary",
        "transformers_trainer_tiny",
        # personal
        "lifelines_survival",
        "personal_argparse_sgd",
        "personal_dataclass_sweep",
        "sales_walk_forward",
        "torch_progress_bar",
    }
)
