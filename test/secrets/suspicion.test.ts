/** What the rules find is suspicious: no text is passed over that holds a secret. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findNamed } from '../../src/secrets/names.js';
import { findRandomText } from '../../src/secrets/randomtext.js';
import { findShape, rules } from '../../src/secrets/rules.js';
import { isSuspicious } from '../../src/secrets/suspicion.js';

interface ICases {
  withheld: Array<{ text: string[] }>;
}

const { withheld } = JSON.parse(
  readFileSync(new URL('./cases.json', import.meta.url), 'utf8')
) as ICases;
const texts = withheld.map(({ text }) => text.join(''));

/** Whether the rules themselves find anything, each asked by itself. */
function isFound(text: string): boolean {
  return (
    rules.shapes.some(
      shape =>
        shape.words.some(word => text.includes(word)) && [...findShape(shape, text)].length > 0
    ) ||
    (['code', 'text', 'settings'] as const).some(mode => [...findNamed(text, mode)].length > 0) ||
    [...findRandomText(text, false)].length > 0
  );
}

test('every text with a secret is suspicious', () => {
  for (const text of texts) {
    expect(isFound(text), text).toBe(true);
    expect(isSuspicious(text), text).toBe(true);
  }
});

test('whatever is cut out of such texts is suspicious where the rules find something in it', () => {
  let found = 0;
  for (const text of texts) {
    for (let start = 0; start < text.length; start += 3) {
      for (let end = start + 8; end <= text.length; end += 5) {
        const piece = text.slice(start, end);
        if (isFound(piece)) {
          found += 1;
          expect(isSuspicious(piece), piece).toBe(true);
        }
      }
    }
  }
  expect(found).toBeGreaterThan(400);
});

test('names are suspicious in whatever case they are written', () => {
  for (const text of [
    'API_KEY = "x9-not-real"',
    'To\u212aen = "a1b2c3d4e5"',
    'PassWord: "hunter2"'
  ]) {
    expect(isSuspicious(text), text).toBe(true);
  }
});

test('an ordinary cell is not', () => {
  const cell =
    'for (let epoch = 0; epoch < 10; epoch++) { exports.w = w.map(x => x - rate * 2 * (x - 3)); ' +
    'console.log(`epoch ${epoch}: loss ${loss(w).toFixed(4)}`) }';
  expect(isSuspicious(cell)).toBe(false);
});
