import { textOf } from './compare.js';
import { type FilteredRun, fieldNames, quoted, reader, splitKey, written } from './keys.js';
import { expectedAfter } from './parse.js';

/** What a filter can name, in the runs that are there. */
export interface IVocabulary {
  /** Keys as they are written, the most frequent first. */
  keys: readonly string[];
  /** The values that a key has, as they are written: numbers by their size, others the most frequent first. */
  values: (path: readonly string[]) => readonly string[];
}

/** What could stand at a place of a text: it replaces what is between `from` and `to`. */
export interface ICompletion {
  from: number;
  to: number;
  items: { text: string; kind: 'key' | 'value' | 'word' | 'operator' | 'function' }[];
}

const OPERATORS = ['=', '!=', '<', '<=', '>', '>=', '~', '!~'];
const WORDS = ['and', 'or', 'not', 'in'];
const FUNCTIONS = ['changed(', 'contains_commit(', 'has(', 'stage_at('];
/** What most people are looking for comes first. */
const KINDS = ['value', 'operator', 'key', 'word', 'function'];
const MOST_ITEMS = 50;

/** Completes a filter at `cursor`. Items begin with, or else contain, what is written there already. */
export function complete(text: string, cursor: number, vocabulary: IVocabulary): ICompletion {
  const head = text.slice(0, cursor);
  const word = /(?:[^\s"'()=<>!~,]|"[^"]*"?|'[^']*'?)*$/.exec(head)?.[0] ?? '';
  const from = cursor - word.length;
  const before = head.slice(0, from);
  const expected = expectedAfter(before);
  const items: ICompletion['items'] = [];
  const add = (kind: ICompletion['items'][number]['kind'], texts: Iterable<string>): void => {
    for (const one of texts) {
      items.push({ text: one, kind });
    }
  };
  for (const name of expected ?? []) {
    if (name === 'a value') {
      const path = keyBefore(before);
      add('value', path ? vocabulary.values(path) : []);
    } else if (name.startsWith('a key')) {
      add('key', vocabulary.keys);
    } else if (name === 'a function') {
      add('function', FUNCTIONS);
    } else if (name.startsWith('a comparison')) {
      add('operator', OPERATORS);
    } else if (WORDS.includes(name)) {
      add('word', [name]);
    }
  }
  const rank = ranking(bare(word));
  const ranked = items
    .map(item => ({ item, rank: rank(bare(item.text)) }))
    .filter(one => one.rank < 3 && one.item.text !== word)
    .sort((a, b) => a.rank - b.rank || KINDS.indexOf(a.item.kind) - KINDS.indexOf(b.item.kind));
  return { from, to: cursor, items: ranked.slice(0, MOST_ITEMS).map(({ item }) => item) };
}

/** What the runs have: keys by how many runs have them, and their values. */
export function vocabularyOf(runs: readonly FilteredRun[]): IVocabulary {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const group of ['params', 'metrics', 'tags'] as const) {
      for (const key of Object.keys(run[group])) {
        const name = written([group, key]);
        counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
  }
  const frequent = [...counts].sort(([, a], [, b]) => b - a).map(([key]) => key);
  return {
    keys: [...frequent, ...fieldNames],
    values: path => {
      const read = reader(path);
      const values = new Map<string, number>();
      for (const run of runs) {
        for (const value of [read(run)].flat()) {
          if (value !== undefined && value !== null) {
            const text = writtenValue(value);
            values.set(text, (values.get(text) ?? 0) + 1);
          }
        }
      }
      const found = [...values].sort(([, a], [, b]) => b - a).map(([value]) => value);
      // Numbers are looked for by their size, of which a list that is out of order says nothing.
      return found.every(value => value !== '' && Number.isFinite(Number(value)))
        ? found.sort((a, b) => Number(a) - Number(b))
        : found;
    }
  };
}

function writtenValue(value: unknown): string {
  if (typeof value !== 'string') {
    return textOf(value);
  }
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(value) && !WORDS.includes(value.toLowerCase())
    ? value
    : quoted(value);
}

/** The key that a value is asked for at the end of `before`. */
function keyBefore(before: string): string[] | undefined {
  const found =
    /((?:[^\s"'()=<>!~,]|"[^"]*"|'[^']*')+)\s*(?:[=<>!~]+|(?:not\s+)?in\s*\([^()]*)\s*$/i.exec(
      before
    )?.[1];
  return found === undefined ? undefined : splitKey(found);
}

/** A text as it is looked for: without quotation marks, in lower case. */
function bare(text: string): string {
  return text.replaceAll(/["']/g, '').toLowerCase();
}

/** 0 for a text that begins with the word, 1 for one with a part that does, 2 for one that contains it. */
function ranking(word: string): (text: string) => number {
  return text => {
    if (text.startsWith(word)) {
      return 0;
    }
    const at = text.indexOf(word);
    return at < 0 ? 3 : /[\s."'/_-]/.test(text[at - 1] ?? '') ? 1 : 2;
  };
}
