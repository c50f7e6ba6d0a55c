/** What the numbers of a printed line are, judged by all of them together. */
import { SPLITS, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import type { Judging } from './judging.js';
import { role } from './role.js';
import { rowOf } from './rows.js';

const STATISTICS = wordSet(
  't w f z u h r d ks q chi2 stat statistic test_statistic tau rho t_stat t_statistic f_stat f_statistic ' +
    'z_score ks_stat w_stat u_stat'
);
/** The name of a test, before its statistic: `Shapiro-Wilk: W=0.987`. */
const OF_TEST =
  /^\W*([A-Za-z][\w .'\u2019-]*?)\s*(?::|\||->|\s[\u2013\u2014-])\s+[\w -]+?\s*[=:]\s*$/;
const SPREADS = wordSet('std sd se stderr var variance mse rmse mae coverage');

/** Corrects the roles of the numbers of a line by what the others are. */
export function judgeTogether(line: Judging): void {
  inherit(line);
  judgeEstimators(line);
  judgeTests(line);
  belong(line);
}

/** `train loss 0.6 acc 0.7`: both are of the training data, if the line speaks of no other. */
function inherit({ found }: Judging): void {
  const named = found.filter(one => one?.kind === 'metric' && one.isSure);
  const parts = new Set(named.map(one => words.splitOf(one?.name ?? '')));
  const first = named.at(0)?.name ?? '';
  if (parts.size !== 2 || !parts.has(undefined) || words.splitOf(first) === undefined) {
    return;
  }
  const written = words.normal(first).split('_')[0];
  if (!SPLITS.has(written)) {
    return;
  }
  for (const [index, one] of found.entries()) {
    if (one?.kind === 'metric' && words.splitOf(one.name) === undefined && one.isSure) {
      found[index] = { ...one, name: `${written}_${one.name}` };
    }
  }
}

/** `Ridge: MSE 3.2, R2 0.9`: both are of what stands before them, where nothing is counted. */
function belong({ texts, found }: Judging): void {
  const named = found.filter(one => one?.kind === 'metric' && one.isSure);
  if (named.length < 2 || found.some(one => one !== undefined && one.kind !== 'metric')) {
    return;
  }
  const told = found[0] === named[0] ? rowOf(texts[0]) : undefined;
  if (told === undefined) {
    return;
  }
  for (const [index, one] of found.entries()) {
    if (one?.isSure) {
      const name = index === 0 ? told.first : one.name;
      found[index] = { ...one, name: `${name}/${told.row}` };
    }
  }
}

/** `Shapiro-Wilk: W=0.987, p=0.0012`: a statistic beside its p, with the name of the test. */
function judgeTests({ texts, labels, found }: Judging): void {
  if (labels.includes('p') && labels.some(name => STATISTICS.has(name))) {
    const test = OF_TEST.exec(texts[0])?.[1];
    const isNamed = test !== undefined && !words.isMetric(words.normal(test));
    for (const [index, name] of labels.entries()) {
      if (name === 'p' || STATISTICS.has(name)) {
        found[index] = role('metric', isNamed ? `${name}/${words.label(test)}` : name);
      }
    }
  }
}

/** `bias -0.02 std 0.41` tells how good an estimator is; a bias alone may be that of a layer. */
function judgeEstimators({ labels, found }: Judging): void {
  if (labels.includes('bias') && labels.some(name => SPREADS.has(name))) {
    for (const [index, name] of labels.entries()) {
      if (SPREADS.has(name) || name === 'bias') {
        found[index] = role('metric', name);
      }
    }
  }
}
