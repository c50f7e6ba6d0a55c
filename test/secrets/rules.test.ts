/**
 * The rules on secrets are data for trackers of all languages: here, that JavaScript reads them alike.
 */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface IRules {
  shapes: Array<{ kind: string; words: string[]; pattern: string }>;
  harmless: { patterns: string[] };
  entropy: { before: string };
}

interface ICases {
  withheld: Array<{ text: string[]; expected: string }>;
  kept: string[];
}

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

const rules = read('../../backtrail/secrets/rules.json') as IRules;
const cases = read('cases.json') as ICases;

/** The kinds whose shape is found in a text. */
const kinds = (text: string) =>
  rules.shapes
    .filter(({ words }) => words.some(word => text.includes(word)))
    .filter(({ pattern }) => new RegExp(pattern).test(text))
    .map(({ kind }) => kind);

test('every pattern is one, and has one group at most', () => {
  for (const { pattern } of rules.shapes) {
    expect(new RegExp(`${pattern}|`).exec('')?.length, pattern).toBeLessThanOrEqual(2);
  }
  for (const pattern of [...rules.harmless.patterns, rules.entropy.before]) {
    expect(() => new RegExp(pattern)).not.toThrow();
  }
});

test('the shapes of keys are found as in Python', () => {
  const shaped = cases.withheld.filter(({ text }) => text[0] === 'see ');
  expect(shaped.length).toBeGreaterThan(10);
  for (const { text, expected } of shaped) {
    expect(expected).toContain(`[withheld: ${kinds(text.join(''))[0]}]`);
  }
});

test('no shape is found in what is kept', () => {
  const harmless = rules.harmless.patterns.map(pattern => new RegExp(pattern));
  const found = (text: string) =>
    rules.shapes
      .filter(({ words }) => words.some(word => text.includes(word)))
      .map(({ pattern }) => new RegExp(pattern).exec(text))
      .filter(match => match !== null)
      .map(match => match[1] ?? match[0])
      .filter(value => !harmless.some(pattern => pattern.test(value)));
  expect(cases.kept.flatMap(found)).toEqual([]);
});
