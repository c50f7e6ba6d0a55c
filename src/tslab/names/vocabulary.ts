/**
 * The words that names of metrics are made of: those of `backtrail/tracker/names/words.py`, to which a test
 * holds them.
 */

/** The words of a text. */
export function wordSet(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter(Boolean));
}

/** A name with one of these words in it is a metric's, unless it ends with one of `OTHERS`. */
export const METRICS = wordSet(
  'chi durbin susceptibility pval pvals cvar ' +
    'loss losses acc accs accuracy accuracies precision recall f1 f2 fscore fbeta auc aucs auroc ' +
    'auprc aupr roc ap map mse mses rmse rmses mae maes mape smape mase msle rmsle medae wmape ' +
    'rse rae r2 rsq rsquared nse error errors err errs mistakes misclassified cost costs ' +
    'objective score scores perplexity ppl bleu rouge meteor chrf wer cer ter iou miou jaccard ' +
    'dice kappa mcc matthews logloss nll bpc bpb elbo kl kld divergence reward rewards return ' +
    'returns fitness inertia silhouette distortion davies calinski ari nmi ami homogeneity ' +
    'completeness vmeasure likelihood loglik loglikelihood aic aicc bic deviance gini brier hinge ' +
    'ece psnr ssim fid lpips ndcg dcg mrr sensitivity specificity tpr fpr tnr fnr eer concordance ' +
    'cindex pearson spearman kendall corrcoef rss sse ssr ssd residual residuals entropy ' +
    'crossentropy cross_entropy bce regret purity modularity wcss inertias detections winrate ' +
    'pinball quantile_loss huber crps wape gradnorm q2 metric metrics evaluation makespan ' +
    'sharpe sortino calmar drawdown drawdowns mdd cagr pnl volatility rhat ess waic elpd acceptance ' +
    'pvalue pvalues tstat statistic uplift lift coverage magnetization wasserstein hellinger obj'
);

/** Words that name a metric only together. */
export const PHRASES = wordSet(
  'bits_per durbin_watson ' +
    'detection_rate misclassified_samples misclassified_examples success_rate win_rate hit_rate ' +
    'hit_ratio error_rate grad_norm gradient_norm explained_variance mean_rank r_2 r_squared ' +
    'log_prob true_positive_rate false_positive_rate true_negative_rate false_negative_rate ' +
    'jensen_shannon v_measure c_index davies_bouldin adj_r adjusted_r r_sq f_score f_measure ' +
    'f_beta f_1 auc_roc d_loss g_loss episode_length q_value td tour_length path_length ' +
    'route_length best_length shortest_tour shortest_path shortest_route shortest_distance ' +
    'best_tour best_route best_path best_distance tour_distance total_distance ' +
    'j_history j_hist j_list j_values ' +
    'success_rates win_rates hit_rates error_rates detection_rates attack_rates acceptance_rates ' +
    'tour_lengths path_lengths ' +
    'acceptance_rate accept_rate attack_rate convergence_rate miss_rate rejection_rate ' +
    'false_alarm_rate r_hat p_value p_values p_val p_vals posterior_mean posterior_std posterior_sd ' +
    'posterior_median fill_rate service_level odds_ratio hazard_ratio optimality_gap duality_gap log_evidence'
);

/** A name that ends with one of these is none of a metric's. */
export const OTHERS = wordSet(
  'user sys wall runtime time times seconds second secs sec minutes minute mins hours hour elapsed eta ' +
    'duration took ms speed throughput latency memory mem gpu cpu ram mb gb kb bytes lr rate ' +
    'rates gamma alpha beta lambda lam momentum decay dropout temperature tau seed seeds version ' +
    'versions size sizes shape shapes dim dims dimension dimensions ndim len length lengths count ' +
    'counts number num nums total totals samples sample rows row columns column cols col features ' +
    'feature classes class labels label images image examples example items item tokens token ' +
    'words word vocab params param parameters parameter weights weight layers layer batch batches ' +
    'epochs steps iterations iters workers date dates year years month months day days week port ' +
    'pid id ids index idx depth estimators neighbors neighbours clusters components threshold ' +
    'thresholds progress percent missing null nulls duplicates outliers outlier limit patience fn ' +
    'function func metric_name optimizer scheduler device path file name names type types dtype ' +
    'model models data dataset datasets scale scaler factor coef coefs coefficient coefficients ' +
    'intercept bias slope lag lags window horizon fold folds bins degree kernel df support age ' +
    'price tolerance tol matrix report curve curves plot fig ax figure axes color list_of dict ' +
    'keys key values history hist log logs callback callbacks module cls weights_ ratio_train ' +
    'criterion scorer scoring scorers metrics_list grid table'
);

/** Names that say nothing of the metrics they hold. */
export const GENERIC = wordSet(
  'history hist histories log logs metric metrics result results stat stats record records tracker ' +
    'curve curves track performance performances evaluation evaluations summary progress output report ' +
    'values scores_dict comparison'
);

/** Words for what is counted while something is trained. */
export const STEPS = wordSet(
  'epoch ep iter iteration it step batch minibatch mini_batch fold round trial episode eps ' +
    'generation gen update cycle sweep'
);

/** Words for what a simulation counts, where they lead a line. */
export const TIMES = wordSet('day week month quarter year hour tick timestep');

const MORE_COUNTERS = wordSet(
  'i j k n t e s idx index ii epochs ep_i i_episode it_num global_step b batch_idx'
);

/** Names of variables that count. */
export const COUNTERS: ReadonlySet<string> = new Set([...STEPS, ...MORE_COUNTERS]);

/** Words for the part of the data that a metric is of. */
export const SPLITS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    train: 'train',
    training: 'train',
    tr: 'train',
    trn: 'train',
    val: 'val',
    valid: 'val',
    validation: 'val',
    dev: 'val',
    vali: 'val',
    test: 'test',
    testing: 'test',
    tst: 'test',
    eval: 'val',
    holdout: 'test',
    oof: 'oof',
    cv: 'cv'
  })
);

/** Words that qualify a metric. */
export const SUMMARIES = wordSet(
  'mean avg average std stdev median min max best final last current overall running total sum'
);

/** Words that are written in several ways. */
export const SAME: ReadonlyMap<string, string> = new Map(
  Object.entries({
    losses: 'loss',
    acc: 'accuracy',
    accs: 'accuracy',
    accuracies: 'accuracy',
    err: 'error',
    errs: 'error',
    errors: 'error',
    costs: 'cost',
    inertias: 'inertia',
    scores: 'score',
    rewards: 'reward',
    returns: 'return',
    aucs: 'auc',
    auroc: 'auc',
    rmses: 'rmse',
    mses: 'mse',
    maes: 'mae',
    ppl: 'perplexity',
    avg: 'mean',
    average: 'mean',
    rsquared: 'r2',
    rsq: 'r2',
    llf: 'likelihood',
    loglik: 'likelihood',
    loglikelihood: 'likelihood'
  })
);

/** Words that say nothing of which quantity it is. */
export const FILLERS = wordSet(
  'history hist list log logs all values value per epoch epochs score the of on set curve ' +
    'record records running mean current step iter arr array hists tracker final overall data ' +
    'model'
);
