# Style: course. Several regressions by formula compared by AIC, BIC and adjusted R2; tests; a Poisson model.
# %%
import numpy as np, pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf
from statsmodels.stats.outliers_influence import variance_inflation_factor
from scipy import stats
# %%
cars = pd.read_csv("data/auto-mpg.csv").dropna()
print(cars.columns.tolist())
cars.describe().T
# %%
num = cars.select_dtypes("number").columns.tolist()
target = num[0]
f1 = f"{target} ~ {num[1]}"
f2 = f"{target} ~ {' + '.join(num[1:4])}"
m1 = smf.ols(f1, data=cars).fit()
m2 = smf.ols(f2, data=cars).fit()
print(m1.summary())
# %%
print(m2.summary())
# %%
for name, m in [("simple", m1), ("multiple", m2)]:
    print(f"{name:>10}: AIC={m.aic:.1f}  BIC={m.bic:.1f}  adj. R2={m.rsquared_adj:.3f}")
# %%
comparison = pd.DataFrame({"AIC": [m1.aic, m2.aic], "BIC": [m1.bic, m2.bic], "R2": [m1.rsquared, m2.rsquared]}, index=["m1", "m2"])
comparison
# %%
sm.stats.anova_lm(m1, m2)
# %%
W, p = stats.shapiro(m2.resid)
print(f"Shapiro-Wilk: W={W:.3f}, p={p:.4f}")
bp = sm.stats.diagnostic.het_breuschpagan(m2.resid, m2.model.exog)
print("Breusch-Pagan p-value:", bp[1])
dw = sm.stats.stattools.durbin_watson(m2.resid)
print("Durbin-Watson:", dw)
# %%
robust = smf.ols(f2, data=cars).fit(cov_type="HC3")
glm = sm.GLM(np.round(cars[target]), sm.add_constant(cars[num[1:4]]), family=sm.families.Poisson()).fit()
print(glm.aic, glm.deviance)
glm.summary()
