/** The rules of what is withheld: data that the trackers of all languages share. */
import { data } from './data.js';

/** Where something begins and ends that is to be withheld, and what kind it is. */
export type Finding = readonly [start: number, end: number, kind: string];

/** A pattern of keys of known form, tried only on texts that contain one of its words. */
export interface IShape {
  readonly kind: string;
  readonly words: readonly string[];
  readonly pattern: string;
}

/** The rules as they stand in `rules.json`. */
export const rules: {
  readonly shapes: readonly IShape[];
  readonly names: typeof data.names;
  readonly entropy: typeof data.entropy;
} = data;

const compiled = new Map<string, RegExp>();

/** What a shape finds in a text. Its pattern is compiled when it is first needed. */
export function* findShape(shape: IShape, text: string): Generator<Finding> {
  let pattern = compiled.get(shape.pattern);
  if (pattern === undefined) {
    pattern = new RegExp(shape.pattern, 'dg');
    compiled.set(shape.pattern, pattern);
  }
  yield* findings(pattern, text, shape.kind);
}

/**
 * What a pattern matches: its first group, or all of it where it has none.
 *
 * @param pattern - with the flags `d` and `g`
 */
export function* findings(pattern: RegExp, text: string, kind: string): Generator<Finding> {
  for (const match of text.matchAll(pattern)) {
    const bounds = match.length > 1 ? match.indices?.[1] : match.indices?.[0];
    if (bounds !== undefined && bounds[1] > bounds[0]) {
      yield [bounds[0], bounds[1], kind];
    }
  }
}

let harmlessPattern: RegExp | undefined;

/** Whether a value only stands for a secret, and is none. */
export function harmless(value: string): boolean {
  harmlessPattern ??= new RegExp(data.harmless.patterns.map(pattern => `(?:${pattern})`).join('|'));
  return harmlessPattern.test(value);
}
