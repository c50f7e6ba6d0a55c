// A data notebook with arquero and simple-statistics: tables by month, a trend, what it explains.
// %%
import * as aq from 'arquero';
import { linearRegression, linearRegressionLine, rSquared, standardDeviation } from 'simple-statistics';
// %%
const days = aq.table({
  month: Array.from({ length: 360 }, (_, i) => Math.floor(i / 30) + 1),
  temp: Array.from({ length: 360 }, (_, i) => 12 - 9 * Math.cos((2 * Math.PI * i) / 360) + 3 * (Math.random() - 0.5)),
  sales: Array.from({ length: 360 }, (_, i) => 80 - 30 * Math.cos((2 * Math.PI * i) / 360) + 20 * (Math.random() - 0.5))
});
console.log(days.numRows(), days.columnNames());
// %%
const byMonth = days.groupby('month').rollup({ temp: (d: any) => aq.op.mean(d.temp), sales: (d: any) => aq.op.mean(d.sales) });
byMonth.print();
// %% #fit
const pairs = days.objects().map((d: any) => [d.temp, d.sales]);
const holdout = 60;
const trainPairs = pairs.slice(0, -holdout), testPairs = pairs.slice(-holdout);
const line = linearRegression(trainPairs);
const predict = linearRegressionLine(line);
console.log(`slope ${line.m.toFixed(3)} intercept ${line.b.toFixed(3)}`);
// %%
const trainR2 = rSquared(trainPairs, predict);
const mae = testPairs.reduce((s, [x, y]) => s + Math.abs(predict(x) - y), 0) / testPairs.length;
const baseline = standardDeviation(testPairs.map(p => p[1]));
console.log('R^2 on train:', trainR2.toFixed(3));
console.log('MAE on holdout:', mae.toFixed(2), 'sd of holdout:', baseline.toFixed(2));
// %%
const errors = days.filter((d: any) => d.month > 10).derive({ mean: (d: any) => aq.op.mean(d.sales) });
errors.numRows()
