# Style: library documentation. A Cox model, its summary printed, the concordance.

# %%
import pandas as pd
from lifelines import CoxPHFitter, KaplanMeierFitter

# %%
rossi = pd.read_csv('data/recidivism.csv')
rossi.head()

# %%
kmf = KaplanMeierFitter()
kmf.fit(rossi['week'], event_observed=rossi['arrest'])
kmf.median_survival_time_

# %%
cph = CoxPHFitter(penalizer=0.1, l1_ratio=0.0)
cph.fit(rossi, duration_col='week', event_col='arrest')
cph.print_summary()

# %%
print("Concordance index: %.3f" % cph.concordance_index_)
