/** What a printed line says: which of its numbers are metrics, and of which step. Pure text, no state. */
import { TIMES, wordSet } from '../names/vocabulary.js';
import { decimals, LONGEST, split, valueOf } from './pieces.js';
import type { Names } from './judging.js';
import { roles } from './roles.js';

/** `Epoch 3/10`: `word` is empty for a count that has no name, `total` undefined when it is not said. */
export interface ICounter {
  readonly word: string;
  readonly value: number;
  readonly total: number | undefined;
}

/** One metric of a line. */
export interface IItem {
  readonly name: string;
  readonly value: number;
  /** The decimal places printed, undefined when it was not rounded. */
  readonly places: number | undefined;
  readonly isPercent: boolean;
  /** False: only its varying with a counter makes it a metric. */
  readonly isSure: boolean;
}

/** All that a line says. */
export interface ILine {
  readonly counters: readonly ICounter[];
  readonly items: readonly IItem[];
  /** How many of the counters stand before all metrics. */
  readonly leading?: number;
}

const NOTHING: ILine = { counters: [], items: [] };
const MOST_NUMBERS = 60;
/** What a simulation counts. */
const OF_SIMULATIONS: ReadonlySet<string> = new Set([
  ...TIMES,
  ...wordSet('step generation gen sweep')
]);
const BAR =
  /^(?<desc>.*?)[:\s]*\d{1,3}%\|[^|]*\|\s*(?<n>\d+)(?:\.\d+)?\/(?<total>\d+)\s*\[[^\],]*(?:,\s*(?<rest>.*?))?\]?\s*$/;
const KERAS =
  /^\s*(\d+)\/(\d+)\s+(?:[━╸╺\u2500-\u257f\s]+|\[[=>.]*\])\s*(?:-?\s*(?:ETA:\s*)?\d+:?\w*s?\s)?(?:\s*\d+m?s\/(?:step|epoch|sample))?(.*)$/;

/**
 * Reads one line as `clean` gives it.
 *
 * @param names - names for its numbers in order, where the code that printed it tells them.
 */
export function parse(line: string, names: Names = []): ILine {
  if (line === '' || line.length > LONGEST) {
    return NOTHING;
  }
  if (line.includes('%|')) {
    const bar = BAR.exec(line)?.groups;
    if (bar !== undefined) {
      return ofBar(bar);
    }
  } else if (line.includes('/') && /^\s*\d/.test(line)) {
    const keras = KERAS.exec(line);
    if (keras !== null) {
      return { counters: [], items: plain(keras[3], []).items };
    }
  }
  return plain(line, names);
}

/** A bar of progress: its postfix has the metrics. */
function ofBar({ desc, n, total, rest }: Record<string, string | undefined>): ILine {
  const described = plain(desc ?? '', []);
  const counter = { word: '', value: Number(n), total: Number(total) };
  return {
    counters: [...described.counters, counter],
    items: [...described.items, ...plain(rest ?? '', []).items]
  };
}

function plain(line: string, names: Names): ILine {
  const [texts, numbers] = split(line);
  if (numbers.length === 0 || numbers.length > MOST_NUMBERS) {
    return NOTHING;
  }
  const whole = numbers.map(number => /^[+-]*\d+$/.test(number));
  const counters: ICounter[] = [];
  const items: IItem[] = [];
  let suffix = '';
  let leading = 0;
  for (const [index, role] of roles(texts, whole, names).entries()) {
    const number = numbers[index];
    const amount = valueOf(number);
    if (role?.kind === 'counter') {
      leading += items.length === 0 ? 1 : 0;
      counters.push({ word: role.name, value: amount, total: undefined });
    } else if (role?.kind === 'total' && counters.length > 0) {
      counters[counters.length - 1] = { ...counters[counters.length - 1], total: amount };
    } else if (role?.kind === 'ratio' && items.length > 0 && amount !== 0) {
      const last = items[items.length - 1];
      items[items.length - 1] = { ...last, value: last.value / amount, places: undefined };
    } else if (role?.kind === 'suffix') {
      suffix = `_${role.name}_${number}`;
    } else if (role?.kind === 'metric') {
      items.push({
        name: role.name + suffix,
        value: amount,
        places: decimals(number),
        isPercent: texts[index + 1].replace(/^ +/, '').startsWith('%'),
        isSure: role.isSure
      });
      suffix = '';
    }
  }
  return { counters, items: sure(items, counters), leading };
}

/** The items of which their name says that they are metrics, and those that vary with what is counted. */
function sure(items: readonly IItem[], counters: readonly ICounter[]): readonly IItem[] {
  // 0 1 -> 0.98 counts nothing: two numbers without names are what a function was called with.
  const isCounted = counters.length === 1 || counters.some(({ word }) => word !== '');
  // Of a simulation whole numbers are told too: step 10 | infected 12.
  const isSimulated =
    OF_SIMULATIONS.has(counters.at(0)?.word ?? '') && !items.some(({ isSure }) => isSure);
  return items.filter(
    ({ isSure, places }) => isSure || (isCounted && (isSimulated || places !== 0))
  );
}
