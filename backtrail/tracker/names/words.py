"""The words that names of metrics are made of, and the one form in which a name is recorded."""

from __future__ import annotations

import re
from functools import lru_cache


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


METRICS = word_set(
    """
    loss losses acc accs accuracy accuracies precision recall f1 f2 fscore fbeta auc aucs auroc auprc
    aupr roc ap map mse mses rmse rmses mae maes mape smape mase msle rmsle medae wmape rse rae r2 rsq
    rsquared nse error errors err errs mistakes misclassified cost costs objective score scores
    perplexity ppl bleu rouge meteor chrf wer cer ter iou miou jaccard dice kappa mcc matthews logloss
    nll bpc bpb obj elbo kl kld divergence reward rewards return returns fitness inertia silhouette
    distortion davies calinski ari nmi ami homogeneity completeness vmeasure likelihood loglik
    loglikelihood aic aicc bic deviance gini brier hinge ece psnr ssim fid lpips ndcg dcg mrr
    sensitivity specificity tpr fpr tnr fnr eer concordance cindex pearson spearman kendall corrcoef rss
    sse ssr ssd residual residuals entropy crossentropy cross_entropy bce regret purity modularity wcss
    inertias detections winrate pinball quantile_loss huber crps wape gradnorm q2 metric metrics
    evaluation makespan
    chi durbin susceptibility pval pvals cvar
    sharpe sortino calmar drawdown drawdowns mdd cagr pnl volatility rhat ess waic elpd acceptance pvalue
    pvalues tstat statistic uplift lift coverage magnetization wasserstein hellinger
    """
)
"""A name with one of these words in it is a metric's, unless it ends with one of `OTHERS`."""

_OF_RANKINGS = word_set("hits hit hr p r top")
"""Metrics with an @, as hits@10."""
_NO_SCORES = word_set("cv results result splits split")
_PHRASES = word_set(
    """
    detection_rate misclassified_samples misclassified_examples success_rate win_rate hit_rate hit_ratio
    error_rate grad_norm gradient_norm explained_variance mean_rank r_2 r_squared log_prob
    true_positive_rate false_positive_rate true_negative_rate false_negative_rate jensen_shannon
    v_measure c_index davies_bouldin adj_r adjusted_r r_sq f_score f_measure f_beta f_1 auc_roc d_loss
    g_loss episode_length q_value td tour_length path_length route_length best_length shortest_tour
    shortest_path shortest_route shortest_distance best_tour best_route best_path best_distance
    tour_distance total_distance j_history j_hist j_list j_values
    success_rates win_rates hit_rates error_rates detection_rates attack_rates acceptance_rates tour_lengths
    path_lengths acceptance_rate accept_rate attack_rate convergence_rate miss_rate rejection_rate
    false_alarm_rate
    r_hat p_value p_values p_val p_vals bits_per durbin_watson posterior_mean posterior_std posterior_sd
    posterior_median fill_rate service_level odds_ratio hazard_ratio optimality_gap duality_gap log_evidence
    """
)
"""Words that name a metric only together."""

OTHERS = word_set(
    """
    user sys wall runtime time times seconds second secs sec minutes minute mins hours hour elapsed eta
    duration took ms speed throughput latency memory mem gpu cpu ram mb gb kb bytes lr rate rates gamma alpha
    beta lambda lam momentum decay dropout temperature tau seed seeds version versions size sizes shape
    shapes dim dims dimension dimensions ndim len length lengths count counts number num nums total
    totals samples sample rows row columns column cols col features feature classes class labels label
    images image examples example items item tokens token words word vocab params param parameters
    parameter weights weight layers layer batch batches epochs steps iterations iters workers date dates
    year years month months day days week port pid id ids index idx depth estimators neighbors
    neighbours clusters components threshold thresholds progress percent missing null nulls duplicates
    outliers outlier limit patience fn function func metric_name optimizer scheduler device path file
    name names type types dtype model models data dataset datasets scale scaler factor coef coefs
    coefficient coefficients intercept bias slope lag lags window horizon fold folds bins degree kernel
    df support age price tolerance tol matrix report curve curves plot fig ax figure axes color list_of
    dict keys key values history hist log logs callback callbacks module cls weights_ ratio_train
    criterion scorer scoring scorers metrics_list grid table
    """
)
"""A name that ends with one of these is none of a metric's."""

STEPS = word_set(
    """
    epoch ep iter iteration it step batch minibatch mini_batch fold round trial episode eps generation
    gen update cycle sweep
    """
)
"""Words for what is counted while something is trained."""

TIMES = word_set("day week month quarter year hour tick timestep")
"""Words for what a simulation counts, where they lead a line."""

COUNTERS = STEPS | word_set("i j k n t e s idx index ii epochs ep_i i_episode it_num global_step b batch_idx")
"""Names of variables that count."""

SPLITS = {
    "train": "train",
    "training": "train",
    "tr": "train",
    "trn": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "dev": "val",
    "vali": "val",
    "test": "test",
    "testing": "test",
    "tst": "test",
    "eval": "val",
    "holdout": "test",
    "oof": "oof",
    "cv": "cv",
}
"""Words for the part of the data that a metric is of."""

SUMMARIES = word_set(
    "mean avg average std stdev median min max best final last current overall running total sum"
)
"""Words that qualify a metric."""

_MEANS = frozenset(("avg", "mean", "average"))
_ACRONYM = re.compile(r"(?<![A-Za-z])[a-z](?=[A-Z]{2,}(?![a-z]))")
"""The first letter of sMAPE, nRMSE, mAP."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")
_BREAKS = re.compile(r"[^0-9A-Za-z@/+]+")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
_NUMBERED = re.compile(r"(?<=[a-z]{3})\d{1,2}$")
_WRITTEN_APART = (
    (re.compile(r"(?<![a-z])r_(?:squared|sq|2)(?![a-z0-9])"), "r2"),
    (re.compile(r"(?<![a-z])(?:prob_f(?:_stat(?:istic)?)?|f_p_?val(?:ue)?)(?![a-z0-9])"), "fpvalue"),
    (re.compile(r"(?<![a-z])f_(?:stat(?:istic)?|value)(?![a-z0-9])"), "fvalue"),
)
"""Names of several words that are one quantity with another name: that of a summary, that of a library."""
_SUPERSCRIPT = str.maketrans({"²": "2", "³": "3", "₁": "1", "₂": "2", "\u03c7": "chi", "\u03c1": "rho"})

_SAME = {
    "losses": "loss",
    "acc": "accuracy",
    "accs": "accuracy",
    "accuracies": "accuracy",
    "err": "error",
    "errs": "error",
    "errors": "error",
    "costs": "cost",
    "inertias": "inertia",
    "scores": "score",
    "rewards": "reward",
    "returns": "return",
    "aucs": "auc",
    "auroc": "auc",
    "rmses": "rmse",
    "mses": "mse",
    "maes": "mae",
    "ppl": "perplexity",
    "avg": "mean",
    "average": "mean",
    "rsquared": "r2",
    "rsq": "r2",
    "llf": "likelihood",
    "loglik": "likelihood",
    "loglikelihood": "likelihood",
}
_SAME_VALUES = frozenset(_SAME.values())
# Words that say nothing of which quantity it is.
_FILLERS = word_set(
    """
    history hist list log logs all values value per epoch epochs score the of on set curve record records
    running mean current step iter arr array hists tracker final overall data model
    """
)
_SPECIFIC = (METRICS | _SAME_VALUES) - frozenset(
    ("score", "metric", "metrics", "evaluation", "objective", "obj", "loss", "error")
)


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """The one form of a metric's name: lower case, words joined by ``_``; ``/``, ``@`` and ``+`` stay.

    ``Val Loss``, ``val-loss``, ``valLoss`` and ``val's loss`` are all ``val_loss``.
    Empty when there is no word.
    """
    name = _POSSESSIVE.sub("", name)
    name = name.translate(_SUPERSCRIPT).replace("^", "").replace("mIoU", "miou").replace("IoU", "Iou")
    text = _CAMEL.sub("_", _ACRONYM.sub(lambda first: first.group().upper(), name))
    parts = (_BREAKS.sub("_", part).strip("_+").lower() for part in text.split("/"))
    return "/".join(part for part in parts if part)[:120]


@lru_cache(maxsize=4096)
def is_metric(name: str) -> bool:
    """Whether a name in its normal form is that of a metric, by its words alone."""
    words = _words(name)
    if not words or words[0] in ("n", "num", "len", "df", "plot", "fig", "ax", "is", "has", "use"):
        return False
    last = words[-1]
    if words[-2:] == ["over", "time"]:
        return is_metric("_".join(words[:-2]))
    pairs = {f"{one}_{two}" for one, two in zip(words, words[1:])}
    if last in OTHERS:
        # accuracy_list and loss_history are metrics all the same; loss_fn and score_time are not.
        if f"{words[-2]}_{last}" in _PHRASES if len(words) > 1 else False:
            return True
        if last in ("history", "hist", "list", "log", "logs", "values", "curve"):
            return any(word in METRICS for word in words[:-1])
        return last in ("percent",) and any(word in METRICS for word in words)
    validated = words[0] == "cv" and last not in _NO_SCORES
    validated = validated or ("@" in name and words[0] in _OF_RANKINGS)
    return validated or any(word in METRICS for word in words) or bool(pairs & _PHRASES)


@lru_cache(maxsize=4096)
def is_part(name: str) -> bool:
    """Whether a name speaks of nothing but a part of the data, or of the best: as in ``CV: 0.85``."""
    words = [word for word in _words(name) if word not in _MEANS]
    return bool(words) and all(word in SPLITS or word in ("best", "final", "overall") for word in words)


@lru_cache(maxsize=4096)
def is_other(name: str) -> bool:
    """Whether a name in its normal form is known to be none of a metric's."""
    words = _words(name)
    return not words or (not is_metric(name) and any(word in OTHERS for word in (words[0], words[-1])))


@lru_cache(maxsize=4096)
def split_of(name: str) -> str | None:
    """The part of the data that a name speaks of: train, val, test and the like, or None."""
    found = [SPLITS[word] for word in _words(name) if word in SPLITS]
    # cv/test/rmse is of the test folds.
    return next((one for one in found if one != "cv"), found[0] if found else None)


@lru_cache(maxsize=4096)
def quantity(name: str) -> frozenset[str]:
    """What a name in its normal form stands for: one for ``val_accs`` and ``validation_accuracy``."""
    for written, one in _WRITTEN_APART:
        name = written.sub(one, name)
    words = [_SAME.get(word, word) for word in _words(name)]
    known = {SPLITS.get(word, word) for word in words if word not in _FILLERS}
    return frozenset(known or words)


def _words(name: str) -> list[str]:
    return [_NUMBERED.sub("", word) or word for word in re.split(r"[_/@+.\s]+", name) if word]


@lru_cache(maxsize=4096)
def specific(name: str) -> bool:
    """Whether a name in its normal form says which metric it is: accuracy does, score and result do not."""
    return bool(quantity(name) & _SPECIFIC)


def label(text: str) -> str:
    """The name of a row of a table in that form: words are not taken apart."""
    return _BREAKS.sub("_", text).strip("_+").lower()[:80]
