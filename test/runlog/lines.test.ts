import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineReader, readLines } from '../../src/runlog/index.js';

const encoder = new TextEncoder();

/** JSON objects with keys and texts from all of Unicode. */
const objects = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), {
  maxLength: 6
});

function write(lines: readonly unknown[]): Uint8Array {
  return encoder.encode(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
}

/** As JSON gives them back: -0 is 0, lone surrogates are escaped. */
function plain(lines: readonly unknown[]): unknown[] {
  return lines.map(line => JSON.parse(JSON.stringify(line)));
}

describe('readLines', () => {
  it('reads back every object that was written', () => {
    fc.assert(
      fc.property(objects, lines => {
        expect(readLines(write(lines))).toStrictEqual({
          events: plain(lines),
          damaged: 0,
          torn: false
        });
      })
    );
  });

  it('loses no earlier line to a last line that is torn anywhere', () => {
    fc.assert(
      fc.property(
        objects,
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.nat(),
        (lines, last, at) => {
          const tail = write([last]);
          const cut = tail.subarray(0, 1 + (at % (tail.length - 1)));
          expect(readLines(Uint8Array.of(...write(lines), ...cut))).toStrictEqual({
            events: plain(lines),
            damaged: 0,
            torn: true
          });
        }
      )
    );
  });

  it('loses no line around damage, whatever bytes the damage is', () => {
    const damage = fc
      .uint8Array({ minLength: 1, maxLength: 40 })
      .filter(bytes => !bytes.includes(10))
      // A closing quote and brace with nothing open: never JSON, never blank.
      .map(bytes => Uint8Array.of(...bytes, 0x22, 0x7d, 0x5d, 10));
    fc.assert(
      fc.property(objects, damage, objects, (before, bytes, after) => {
        const read = readLines(Uint8Array.of(...write(before), ...bytes, ...write(after)));
        expect(read.events).toStrictEqual(plain([...before, ...after]));
        expect(read).toMatchObject({ damaged: 1, torn: false });
      })
    );
  });

  it('never throws, whatever the bytes, and accounts for every line', () => {
    const bytes = fc.array(
      fc.oneof(fc.constantFrom(10, 13, 32, 34, 44, 91, 123, 125), fc.nat(255))
    );
    fc.assert(
      fc.property(bytes, numbers => {
        const data = Uint8Array.from(numbers);
        const { events, damaged, torn } = readLines(data);
        const lines = numbers.filter(byte => byte === 10).length;
        expect(events.length + damaged).toBeLessThanOrEqual(lines);
        expect(torn).toBe(numbers.length > 0 && numbers.at(-1) !== 10);
      }),
      { numRuns: 1000 }
    );
  });

  it('reads a text as it reads its bytes', () => {
    const pieces = fc.constantFrom(
      '{"a":1}',
      '\n',
      '"',
      '{',
      ' ',
      '\r',
      '\u2028',
      '\ufeff',
      'é',
      '[]'
    );
    fc.assert(
      fc.property(fc.array(pieces), parts => {
        const text = parts.join('');
        expect(readLines(text)).toStrictEqual(readLines(encoder.encode(text)));
      })
    );
  });

  it('takes only a newline for the end of a line', () => {
    const lines = [{ text: 'a\u2028b\u2029c\u0085d' }, { text: '\r\n' }];
    expect(readLines(write(lines)).events).toStrictEqual(lines);
  });

  it.each(['NaN', '{"loss":NaN}', "{'a':1}", '[{}]', '"{}"', '7', 'null', '\u00a0', '{} {}'])(
    'counts %j as damage',
    line => {
      expect(readLines(`${line}\n{"a":1}\n`)).toStrictEqual({
        events: [{ a: 1 }],
        damaged: 1,
        torn: false
      });
    }
  );

  it('takes nothing from white space', () => {
    expect(readLines('\n \t\n\r\n')).toStrictEqual({ events: [], damaged: 0, torn: false });
  });
});

describe('LineReader', () => {
  it('reads pieces as it reads the whole, wherever they are cut', () => {
    const noise = fc.array(fc.constantFrom('{"é":"数据"}\n', '\n', '{"a":', '1}', '🧪', '"\n'));
    fc.assert(
      fc.property(noise, fc.array(fc.nat(7)), (parts, sizes) => {
        const data = encoder.encode(parts.join(''));
        const reader = new LineReader();
        const events: unknown[] = [];
        // One buffer for all pieces, as a reader of files has.
        const buffer = new Uint8Array(8);
        for (let at = 0, turn = 0; at < data.length; turn++) {
          const piece = data.subarray(at, at + 1 + (sizes[turn % sizes.length] ?? 3));
          buffer.set(piece);
          events.push(...reader.push(buffer.subarray(0, piece.length)));
          at += piece.length;
        }
        const { damaged, torn } = reader;
        expect({ events, damaged, torn }).toStrictEqual(readLines(data));
      })
    );
  });
});
