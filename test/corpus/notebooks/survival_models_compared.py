# Style: docs. Kaplan-Meier, log-rank test, Weibull and Cox compared; penalizer in a loop; concordance by own call.
# %%
import pandas as pd, numpy as np
from lifelines import KaplanMeierFitter, CoxPHFitter, WeibullAFTFitter, LogNormalAFTFitter
from lifelines.statistics import logrank_test
from lifelines.utils import concordance_index, k_fold_cross_validation
rossi = pd.read_csv("data/recidivism.csv")
rossi.head()
# %%
kmf = KaplanMeierFitter()
groups = rossi["fin"] == 1
kmf.fit(rossi.week[groups], rossi.arrest[groups], label="aid")
print("median survival:", kmf.median_survival_time_)
kmf.fit(rossi.week[~groups], rossi.arrest[~groups], label="no aid")
res = logrank_test(rossi.week[groups], rossi.week[~groups], rossi.arrest[groups], rossi.arrest[~groups])
print("log-rank p-value: %.4f, statistic: %.3f" % (res.p_value, res.test_statistic))
# %%
cph = CoxPHFitter(penalizer=0.05)
cph.fit(rossi, "week", "arrest")
cph.print_summary()
# %%
print("concordance:", cph.concordance_index_)
# %%
for F in (WeibullAFTFitter, LogNormalAFTFitter):
    aft = F(penalizer=0.01).fit(rossi, "week", "arrest")
    print(F.__name__, "AIC", round(aft.AIC_, 1), "c-index", round(aft.concordance_index_, 4))
# %%
for pen in [0.0, 0.1, 1.0]:
    sc = k_fold_cross_validation(CoxPHFitter(penalizer=pen), rossi, "week", event_col="arrest", k=3, scoring_method="concordance_index", seed=5)
    print(f"penalizer {pen}: c-index {np.mean(sc):.4f} ({', '.join(f'{s:.3f}' for s in sc)})")
