/**
 * The words by which names are told apart: those of `backtrail/tracker/hyperparameters/vocabulary.json`, to
 * which a test holds them.
 */
import { wordSet } from '../names/vocabulary.js';

export const vocabulary = {
  seeds: wordSet('manual_seed random_seed random_state randomstate rng seed seeds'),
  tuned: wordSet(
    'activation activations alpha alphas annealing arch architecture augment backbone ' +
      'balanced batch beta betas bidirectional booster boosting bootstrap bs c cell channels ' +
      'checkpoint clip clusters coef coefficient colsample components criterion criterions ' +
      'crossover cs cutoff cv decay degree degrees delta depth depths dim dims discount ' +
      'distance dropout dropouts embed embedding encoder episodes epoch epochs eps epsilon ' +
      'epsilons estimators eta factor factorization factors filters fold folds frac fraction ' +
      'gamma gammas generations head heads hidden horizon init initializer intercept iter ' +
      'iteration iterations iters k kernel kernels ks l1 l2 lag lags lam lamb lambda latent ' +
      'layer layers leaf learning leaves len length lookback lora loss lr lrs margin maxlen ' +
      'method metric mixup mode model momentum mu mutation neighbors neighbours nesterov ngram ' +
      'ngrams noise norm normalize nu objective optim optimizer optimizers order particles ' +
      'patience penalties penalty policy pool pooling population pretrained rank rate rates ' +
      'ratio ratios reg regularization regularizer replay rho rounds sampler scale scaling ' +
      'schedule scheduler seq shuffle sigma size sizes smoothing solver solvers split splits ' +
      'steps strategy stratify stride subsample tau temperature theta threshold thresholds ' +
      'tokenizer tokens tol tolerance topics trees units vocab voting warmup weight weights ' +
      'window windows dataset datasets'
  ),
  paths: wordSet(
    'bucket csv dir directory dirs ext extension file filename filenames files fname folder ' +
      'json out outdir path paths pkl prefix repo repository root suffix txt uri url urls'
  ),
  bookkeeping: wordSet(
    'author backend cache cached cmap color colors colour colours competition cores cuda date ' +
      'debug decimals description device devices display download dpi dtype entity every ' +
      'experiment fig figsize figure fmt fontsize gpu gpus host interval jobs legend linestyle ' +
      'linewidth log logging logs marker markers message mlflow msg nrows nthread nthreads ' +
      'overwrite palette plot plots port print progress project quiet report resume run save ' +
      'saved show silent tag tags tensorboard threads timeout timestamp title today token tpu ' +
      'user ver verbose verbosity version visualize wandb workers xlabel xlim xmax xmin ylabel ' +
      'ylim ymax ymin'
  ),
  counters: wordSet(
    'accs accuracies best correct counter cum cumulative cur current done elapsed finished ' +
      'history hits idx logs losses predictions preds prev previous records result results ret ' +
      'returns rewards running seen started tmp wins'
  ),
  sums: wordSet('batch count episode epoch iter iteration iters step steps sum total'),
  single: wordSet('end i idx ii index j jj row s start t0 t1 temp time'),
  metrics: wordSet(
    'acc accuracy auc bleu cost err error errors f1 iou loss losses mae mse perplexity ppl ' +
      'precision r2 recall reward rmse score scores'
  ),
  ofMetrics: wordSet(
    'alpha beta coef delta factor gamma lambda learning margin patience penalty rate scale ' +
      'target threshold tol tolerance type weight weights'
  ),
  columns: wordSet(
    'alphabet answer attributes categorical categories category chars city class classes col ' +
      'cols column columns corpus country document documents feature features field fields ' +
      'header headers id ids index key keys label labels language metrics month name names ' +
      'numeric numerical predictors prompt prompts query question response sentence sentences ' +
      'species state states stopwords symbol symbols target targets text texts ticker tickers ' +
      'variable variables vars words'
  ),
  flags: wordSet(
    'colab converged demo done dry eval evaluate export fast force found has in inference ' +
      'interactive is kaggle load on predict quick retrain sample smoke submission submit test ' +
      'testing train training'
  ),
  data: wordSet('arr data dataset df inputs points samples values x xs y ys'),
  truth: wordSet('actual expected real true'),
  dated: wordSet('cutoff split test train val valid validation'),
  parts: wordSet(
    'a accuracy all both cpu cuda dev eval f1 latin-1 no r rb roc_auc test train utf-8 utf8 ' +
      'val valid validation w wb yes'
  ),
  distances: wordSet(
    'chebyshev correlation cosine euclidean hamming jaccard l1 l2 manhattan minkowski'
  ),
  training: wordSet(
    'GradientTape apply_gradients auto_arima backward cross_val_predict cross_val_score ' +
      'cross_validate curve_fit fine_tune finetune fit fit_generator fit_one_cycle fit_predict ' +
      'fit_regularized fit_resample fit_transform fmin k_fold_cross_validation learn learning_curve least_squares ' +
      'lr_find lstsq minimize odeint partial_fit solve_ivp step train_epoch train_on_batch train_step ' +
      'validation_curve value_and_grad'
  ),
  evaluating: wordSet(
    'classification_report concordance_index confusion_matrix decision_function evaluate forecast ' +
      'hinge_loss log_loss mean_absolute_error mean_squared_error precision_recall_curve predict ' +
      'predict_classes predict_proba roc_curve score zero_one_loss'
  ),
  measured: wordSet(
    'acc accuracy auc bleu cost dice drawdown error f1 iou logloss loss mae mape mse perplexity ' +
      'precision r2 recall rmse rmsle rsquared score sharpe'
  ),
  ofLayers: wordSet('activation affine bias kernel_size max_norm padding pool_size stride strides'),
  likeTraining: wordSet(
    'anneal annealing backtest bootstrap climb descent episode estimate evolution evolve experiment finetune fit ' +
      'gibbs iteration kmeans learning mcmc metropolis montecarlo optimise optimize perceptron permutation play regression rollout ' +
      'search sgd simulate simulated simulation train training'
  ),
  rounds: wordSet(
    'boot boots bootstrap bootstraps burn chain chains day days draws episode episodes epoch epochs gen generation ' +
      'generations iter iteration iterations iters maxiter month months niter paths perm permutation ' +
      'permutations perms replicates replications resamples samples sims simulation simulations steps sweep ' +
      'sweeps tick ticks timestep timesteps trial trials week weeks year years'
  ),
  resampled: wordSet(
    'boot boots bootstrap bootstraps perm perms permutation permutations replicates replications ' +
      'resamples sims simulation simulations'
  ),
  showing: wordSet(
    'HTML Image ax axes axs clear_output display display_html fig gc get_ipython go log ' +
      'logger logging matplotlib mlflow mpl plt pprint print px pylab pyplot seaborn sns sys ' +
      'time wandb warnings writer'
  ),
  showingMethods: wordSet(
    'add_scalar bar barh boxplot close debug describe dump flush head heatmap hist imshow ' +
      'info legend makedirs mkdir pairplot plot print_summary save save_model save_pretrained ' +
      'save_weights savefig scatter set_description set_postfix set_title set_xlabel set_xlim ' +
      'set_ylabel set_ylim show summary tail tick_params to_csv update_layout value_counts ' +
      'warning write'
  ),
  configurations: wordSet(
    'args cfg conf config configs configuration defaults distributions flags grid hp hparams ' +
      'hyper hyperparameter hyperparameters hyperparams kwargs opt options opts param ' +
      'parameters params search settings space tuned'
  )
};
