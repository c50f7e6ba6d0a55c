import { agree, known, UNKNOWN, type Agreement } from './entries.js';
import type { IExecuted } from './material.js';

/** An execution of one run beside the one of another run that stands for the same cell. */
export interface ICellPair {
  readonly before: IExecuted | null;
  readonly after: IExecuted | null;
  /** Whether the sources agree; `differs` where there is only one of them. */
  readonly agreement: Agreement;
  /** Whether the cell has a partner already, and this is one more execution of it. */
  readonly isAgain: boolean;
}

/** From which likeness on two sources are taken for the same cell, edited. */
const ALIKE = 0.5;

/** From how many pairs on the likeness of all is not computed any more. */
const PATIENCE = 250_000;

/**
 * Finds which execution of one run stands for which of another.
 *
 * #### Notes
 * Cells are the same when they have the same id; of several executions the last ones belong together,
 * since what they left behind is what the results come from. What has no partner by its id finds one
 * by its source: the same one, or else the one most like it.
 *
 * @param isOneLanguage - whether a cell can be another one, edited
 * @returns pairs in the order of `after`; what only `before` has stands after what preceded it there
 */
export function alignCells(
  before: readonly IExecuted[],
  after: readonly IExecuted[],
  isOneLanguage = true
): readonly ICellPair[] {
  const partner = new Map<IExecuted, IExecuted>();
  const join = (a: IExecuted, b: IExecuted): void => {
    partner.set(a, b);
    partner.set(b, a);
  };
  const [mine, theirs] = [byCell(before), byCell(after)];
  const isAgain = new Set<IExecuted>();
  for (const [cell, own] of mine) {
    const other = theirs.get(cell);
    if (!other) {
      continue;
    }
    const count = Math.min(own.length, other.length);
    for (let back = 1; back <= count; back++) {
      join(own[own.length - back], other[other.length - back]);
    }
    [...own.slice(0, -count), ...other.slice(0, -count)].forEach(one => isAgain.add(one));
  }
  const free = (list: readonly IExecuted[]): IExecuted[] =>
    list.filter(one => !partner.has(one) && !isAgain.has(one));
  joinEqual(free(before), free(after), join);
  if (isOneLanguage) {
    joinAlike(free(before), free(after), join);
  }
  return ordered(before, after, partner, isAgain);
}

function ordered(
  before: readonly IExecuted[],
  after: readonly IExecuted[],
  partner: ReadonlyMap<IExecuted, IExecuted>,
  isAgain: ReadonlySet<IExecuted>
): readonly ICellPair[] {
  const pairs = after.map((one): ICellPair => pair(partner.get(one) ?? null, one, isAgain));
  const places = new Map(pairs.map((one, at) => [one.after, at]));
  const inserted = new Map<number, ICellPair[]>();
  let at = -1;
  for (const one of before) {
    const other = partner.get(one);
    if (other) {
      at = places.get(other) ?? at;
    } else {
      const here = inserted.get(at) ?? [];
      here.push(pair(one, null, isAgain));
      inserted.set(at, here);
    }
  }
  return [
    ...(inserted.get(-1) ?? []),
    ...pairs.flatMap((one, index) => [one, ...(inserted.get(index) ?? [])])
  ];
}

function pair(
  before: IExecuted | null,
  after: IExecuted | null,
  isAgain: ReadonlySet<IExecuted>
): ICellPair {
  const only = before ?? after;
  return {
    before,
    after,
    agreement: before && after ? sameSource(before, after) : 'differs',
    isAgain: only !== null && isAgain.has(only)
  };
}

function sameSource(a: IExecuted, b: IExecuted): Agreement {
  if (a.source !== undefined && b.source !== undefined) {
    return a.source === b.source ? 'same' : 'differs';
  }
  return agree(
    a.sha256 === null ? UNKNOWN : known(a.sha256),
    b.sha256 === null ? UNKNOWN : known(b.sha256)
  );
}

function byCell(executions: readonly IExecuted[]): Map<string, IExecuted[]> {
  const groups = new Map<string, IExecuted[]>();
  for (const one of executions) {
    if (one.cell !== null) {
      const group = groups.get(one.cell);
      if (group) {
        group.push(one);
      } else {
        groups.set(one.cell, [one]);
      }
    }
  }
  return groups;
}

type Join = (a: IExecuted, b: IExecuted) => void;

/** Joins what was the same text, in order. */
function joinEqual(before: readonly IExecuted[], after: readonly IExecuted[], join: Join): void {
  const waiting = new Map<string, IExecuted[]>();
  for (const one of after) {
    if (one.sha256 !== null) {
      const group = waiting.get(one.sha256) ?? [];
      group.push(one);
      waiting.set(one.sha256, group);
    }
  }
  for (const one of before) {
    const found = one.sha256 === null ? undefined : waiting.get(one.sha256)?.shift();
    if (found) {
      join(one, found);
    }
  }
}

/** Joins what is most alike, the most alike first. */
function joinAlike(before: readonly IExecuted[], after: readonly IExecuted[], join: Join): void {
  if (before.length * after.length > PATIENCE) {
    return;
  }
  const words = new Map([...before, ...after].map(one => [one, wordsOf(one.source ?? '')]));
  const likely = before.flatMap((a, i) =>
    after.flatMap((b, j) => {
      const likeness = likenessOf(words.get(a)!, words.get(b)!);
      return likeness >= ALIKE ? [{ a, b, likeness, apart: Math.abs(i - j) }] : [];
    })
  );
  likely.sort((x, y) => y.likeness - x.likeness || x.apart - y.apart);
  const taken = new Set<IExecuted>();
  for (const { a, b } of likely) {
    if (!taken.has(a) && !taken.has(b)) {
      taken.add(a).add(b);
      join(a, b);
    }
  }
}

function wordsOf(source: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of source.slice(0, 20_000).matchAll(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** Sørensen and Dice's coefficient of two bags of words: 0, nothing in common, to 1, the same words. */
function likenessOf(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let common = 0;
  let all = 0;
  for (const [word, count] of a) {
    common += Math.min(count, b.get(word) ?? 0);
    all += count;
  }
  for (const count of b.values()) {
    all += count;
  }
  return all === 0 ? 0 : (2 * common) / all;
}
