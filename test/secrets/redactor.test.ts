/** TypeScript withholds what Python does: the cases are the same. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Redactor, patternsOf } from '../../src/secrets/redactor.js';

interface ICases {
  withheld: Array<{ mode: 'code' | 'text' | 'settings'; text: string[]; expected: string }>;
  kept: string[];
}

const cases = JSON.parse(readFileSync(new URL('./cases.json', import.meta.url), 'utf8')) as ICases;

/** A text as it is written where texts of that mode are. */
function redact(mode: string, text: string): { text: unknown; withheld?: unknown } {
  const redactor = new Redactor();
  if (mode === 'code') {
    return redactor.source(text);
  }
  if (mode === 'settings') {
    const head = 'diff --git a/.env b/.env\n';
    const safe = redactor.diff(head + text);
    return { ...safe, text: safe.text?.slice(head.length) };
  }
  return redactor.event('note', { text }) as { text: unknown };
}

test.each(cases.withheld)('$expected', ({ mode, text, expected }) => {
  const safe = redact(mode, text.join(''));
  expect(safe.text).toBe(expected);
  expect(safe.withheld).toBeDefined();
  // What was withheld once is not withheld again, as when a text is quoted by another.
  expect(redact(mode, expected)).toEqual({ text: expected });
});

test.each(cases.kept)('%s is kept', text => {
  expect(redact('code', text)).toEqual({ text });
  expect(redact('text', text)).toEqual({ text });
});

test('secrets of TypeScript are found: in template strings, types and options', () => {
  const { text } = new Redactor().source(
    'const apiKey: string = `x1-not-real`;\nconnect({ password: "hunter2", user });\nif (token === "a1b2c3d4e5") {}'
  );
  expect(text).toBe(
    'const apiKey: string = `[withheld: key]`;\nconnect({ password: "[withheld: password]", user });\nif (token === "[withheld: token]") {}'
  );
});

test('the patterns of the user are withheld, and one that is none is said', () => {
  const redactor = new Redactor();
  redactor.use(patternsOf(['proj-\\d+'], 'internal'));
  expect(redactor.source('// proj-12 of internal').text).toBe(
    '// [withheld: pattern] of [withheld: pattern]'
  );
  redactor.use(['(']);
  expect(redactor.problems[0]).toContain('no regular expression');
});

test('a value is withheld by the name of its param', () => {
  const event = new Redactor().event('param', { key: 'db_password', value: 'hunter2' });
  expect(event).toEqual({
    key: 'db_password',
    value: '[withheld: password]',
    withheld: [{ kind: 'password', count: 1 }]
  });
});
