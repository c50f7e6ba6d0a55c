/** Outputs are made comparable as in Python: the cases are the same. */
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { displayDigests, streamDigest } from '../../../src/tslab/outputs/digests.js';
import { scrub } from '../../../src/tslab/outputs/scrub.js';
import { sha256 } from '../../../src/tslab/layout.js';

const cases = JSON.parse(
  readFileSync(new URL('../../vectors-capture/scrub.json', import.meta.url), 'utf8')
) as Array<[string, string]>;

test.each(cases)('%s', (text, expected) => {
  expect(scrub(text)).toBe(expected);
});

test('stderr is digested without the warnings of Node, and redrawn bars not at all', () => {
  const warning =
    '(node:4711) Warning: x\n(Use `node --trace-warnings ...` to show where the warning was created)\n';
  expect(streamDigest('stderr', `${warning}rest\n`)).toBe(sha256('rest\n'));
  expect(streamDigest('stdout', 'a\n\u001b[A b')).toBeNull();
});

test('a long text is digested as the same text in pieces', () => {
  const line = 'took 5 ms, loss 0.5\n';
  expect(streamDigest('stdout', line.repeat(20_000))).toBe(sha256(scrub(line).repeat(20_000)));
});

test('a line of megabytes is digested as fast as many lines are', () => {
  // As what is printed without an end of a line; where time grows by the square this takes minutes.
  const line = '1.5,'.repeat(1_000_000);
  expect(streamDigest('stdout', line)).toBe(sha256(line));
  expect(streamDigest('stdout', `${line}\r${line}\n`)).toMatch(/^[0-9a-f]{64}$/);
});

test('pictures are told by their pixels, drawings without their ids', () => {
  const one = displayDigests({ 'image/png': png('Software', 'one') });
  expect(displayDigests({ 'image/png': png('Software', 'other') })).toEqual(one);
  expect(displayDigests({ 'image/png': png('PLTE', 'abc') })).not.toEqual(one);
  const drawing = (id: string): string =>
    `<svg><!-- ${id} --><a id="${id}"/><b href="#${id}"/></svg>`;
  expect(displayDigests({ 'image/svg+xml': drawing('q') })).toEqual(
    displayDigests({ 'image/svg+xml': drawing('r7') })
  );
});

/** A picture of one pixel, with one chunk more. */
function png(kind: string, content: string): string {
  const chunk = (name: string, data: Buffer): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    return Buffer.concat([size, Buffer.from(name.slice(0, 4)), data, Buffer.alloc(4)]);
  };
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', Buffer.from('00000001000000010800000000', 'hex')),
    chunk(kind, Buffer.from(content)),
    chunk('IDAT', deflateSync(Buffer.from([0, 7]))),
    chunk('IEND', Buffer.alloc(0))
  ]).toString('base64');
}
