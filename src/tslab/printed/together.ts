/** What the numbers of a printed line are, judged by all of them together. */
import { SPLITS, wordSet } from '../names/vocabulary.js';
import * as words from '../names/words.js';
import type { Judging } from './judging.js';
import { role } from './role.js';
import { rowOf } from './rows.js';

const SPREADS = wordSet('std sd se stderr var variance mse rmse mae coverage');

/** Corrects the roles of the numbers of a line by what the others are. */
export function judgeTogether(line: Judging): void {
  inherit(line);
  judgeEstimators(line);
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
