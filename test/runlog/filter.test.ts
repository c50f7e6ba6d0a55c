import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  complete,
  createFilter,
  FilterError,
  type FilteredRun,
  previousRuns,
  vocabularyOf
} from '../../src/runlog/filter.js';
import { parse } from '../../src/runlog/filter/parse.js';
import { written } from '../../src/runlog/filter/keys.js';

const NOW = Date.parse('2026-11-23T15:00:00');

function metric(last: number | 'NaN', min: number | null = null) {
  return { last, min, max: null, first: last, count: 3, step: 2 };
}

const run: FilteredRun = {
  id: '20261123-150000000-aaaa',
  name: 'digits 12',
  number: 12,
  status: 'finished',
  notebook: { path: '/home/ada/digits.ipynb', name: 'digits' },
  started: '2026-11-23T09:30:00.000000Z',
  duration: 5400,
  archived: false,
  params: {
    lr: 0.01,
    model: 'wide net',
    'weight.decay': 0.5,
    config: { depth: { max: 4 } },
    n: '16'
  },
  metrics: { loss: metric(0.25, 0.125), 'val/auc': metric(0.93), broken: metric('NaN') },
  tags: { draft: 'false', owner: 'Ada' },
  seeds: [
    { library: 'numpy', value: 7 },
    { library: 'torch', value: 8 }
  ],
  code: { commit: 'abc123', branch: 'main', dirty: true },
  inputs: [{ path: 'data/train.csv', sha256: 'f'.repeat(64) }],
  usage: { peak_memory: 3e9 }
};

function matches(text: string): boolean {
  return createFilter(text, { now: NOW })(run);
}

describe('the parser', () => {
  it('is the one that the grammar makes', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/grammar.mjs', '--check'], {
      cwd: fileURLToPath(new URL('../..', import.meta.url))
    });
    await expect(check).resolves.toMatchObject({ stderr: '' });
  });
});

describe('a filter', () => {
  it.each([
    'metrics.loss < 0.3',
    'metrics.loss.min = 0.125',
    'metrics."val/auc" > 0.9 and params.lr < 0.1 and not tags.draft',
    'metrics.val/auc >= .93',
    'lr = 0.01',
    'loss < 1 and owner = Ada',
    'params.weight.decay = 0.5',
    'params."weight.decay" = 5e-1',
    'params.config.depth.max = 4',
    'params.n > 9',
    'params.n = 16',
    'params.n = "16"',
    'params.model = "wide net"',
    'params.model ~ "^WIDE"',
    'params.model !~ deep',
    'status in (failed, finished)',
    'status not in (failed, "killed")',
    'number in (11, 12)',
    'seed = 8',
    'seed != 9',
    'seeds.numpy = 7',
    'not seed != 7',
    'duration > 1h and duration <= 1 h 30 min',
    'duration = 90m',
    'started = 2026-11-23',
    'started >= 2026-11-23 and started < 2026-11-24',
    'started > "2026-11-22"',
    'started > 2 days ago',
    'started = today',
    'started > yesterday',
    'code.dirty = true and dirty',
    'archived = false',
    'inputs ~ train\\.csv$',
    'usage.peak_memory > 2 GB',
    'usage.peak_memory < 3 GiB',
    'has(tags.draft) and not tags.draft',
    'status = failed or (lr = 0.01 and (status = finished))',
    'status = failed or lr = 0.01 and status = finished',
    'NOT status = failed && !(lr > 1) || status == failed',
    'notebook = digits.ipynb',
    ''
  ])('lets this run through: %s', text => {
    expect(matches(text)).toBe(true);
  });

  it.each([
    'metrics.loss > 0.3',
    'metrics.broken > 0',
    'metrics.broken <= 0',
    'params.missing = 1',
    'params.missing != 1',
    'not tags.owner',
    'tags.draft',
    'params.model < 5',
    'seed != 8',
    'started = yesterday',
    'started > 2026-11-23',
    'duration < 1h30m',
    'constructor',
    'params.constructor = 1',
    'metrics.toString.length > 0',
    'archived',
    'name = "Digits 12"'
  ])('keeps this run out: %s', text => {
    expect(matches(text)).toBe(false);
  });

  it.each([
    ['metrics.loss <', 14, 'not complete'],
    ['a = 1 b = 2', 6, '“b” is not understood'],
    ['(a = 1', 6, '“)”'],
    ['params.model = "wide', 15, 'not closed'],
    ['lr = = 2', 5, 'a value'],
    ['and', 0, '“and” is not understood'],
    ['changed(3)', 0, 'changed takes one key'],
    ['nearly(lr)', 0, 'There is no function nearly; there are changed, has, stage_at.'],
    ['name ~ "("', 7, 'not a regular expression'],
    ['started > soon', 10, '“soon” is not a date'],
    ['archived < true', 11, 'only be compared by']
  ])('points at what is wrong: %s', (text, start, words) => {
    const error = thrownBy(text);
    expect(error).toBeInstanceOf(FilterError);
    expect(error).toMatchObject({ start });
    expect(error?.message).toContain(words);
  });

  it('knows what changed since the run before in the same notebook', () => {
    const earlier = { ...run, id: '20261123-140000000-aaaa', params: { ...run.params, lr: 0.1 } };
    const elsewhere = {
      ...earlier,
      id: '20261123-145500000-aaaa',
      notebook: { path: '/home/ada/other.ipynb', name: 'other' },
      params: run.params
    };
    const filter = (text: string) =>
      createFilter(text, { previous: previousRuns([run, elsewhere, earlier]) });
    expect(filter('changed(params.lr)')(run)).toBe(true);
    expect(filter('changed(params.model)')(run)).toBe(false);
    expect(filter('changed(params.lr)')(earlier)).toBe(false);
  });

  it('takes functions of others', () => {
    const functions = {
      named: (parameters: readonly { kind: string }[]) => {
        const [name] = parameters as unknown as [{ value: string }];
        return (one: FilteredRun) => one.name === name.value;
      }
    };
    expect(createFilter('named("digits 12")', { functions })(run)).toBe(true);
  });
});

function thrownBy(text: string): FilterError | undefined {
  try {
    createFilter(text, { now: NOW });
    return undefined;
  } catch (error) {
    return error as FilterError;
  }
}

const key = fc
  .tuple(
    fc.constantFrom('params', 'metrics', 'tags'),
    fc.string({ minLength: 1, unit: 'grapheme' })
  )
  .filter(([, name]) => !name.includes('\0'))
  .map(path => written(path));
const literal = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
  fc
    .string()
    .filter(text => !text.includes('\0'))
    .map(text => JSON.stringify(text)),
  fc.constantFrom('true', 'false', '5 min', '2026-11-23', 'finished')
);
const condition = fc.oneof(
  fc
    .tuple(key, fc.constantFrom('=', '!=', '<', '<=', '>', '>='), literal)
    .filter(([, operator, value]) => !/^(?:true|false)$/.test(value) || /^!?=$/.test(operator))
    .map(([name, operator, value]) => `${name} ${operator} ${value}`),
  key
);

describe('every filter', () => {
  it('that can be written is understood, whatever the names and texts in it', () => {
    fc.assert(
      fc.property(fc.array(condition, { minLength: 1, maxLength: 5 }), conditions => {
        createFilter(conditions.join(' and '))(run);
        createFilter(`not (${conditions.join(') or (')})`)(run);
      })
    );
  });

  it('means the same however it is bracketed and negated', () => {
    fc.assert(
      fc.property(condition, condition, condition, (a, b, c) => {
        expect(matches(`not (${a} and ${b})`)).toBe(matches(`not ${a} or not ${b}`));
        expect(matches(`${a} or ${b} and ${c}`)).toBe(matches(`(${a}) or ((${b}) and (${c}))`));
        expect(matches(`not not ${a}`)).toBe(matches(a));
      })
    );
  });

  it('is understood or refused with a place inside it, and never fails in another way', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc
            .array(
              fc.constantFrom(
                'a',
                '.',
                '"',
                "'",
                '(',
                ')',
                '=',
                '<',
                '!',
                '~',
                ',',
                ' ',
                '1',
                'and',
                'in',
                '-',
                '\\'
              )
            )
            .map(parts => parts.join(''))
        ),
        text => {
          const error = thrownBy(text);
          if (error !== undefined) {
            expect(error).toBeInstanceOf(FilterError);
            expect(error.start).toBeGreaterThanOrEqual(0);
            expect(error.end).toBeLessThanOrEqual(Math.max(text.length, error.start + 1));
          }
        }
      ),
      { numRuns: 1000 }
    );
  });

  it('reads a number as JavaScript does', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), number => {
        expect(parse(`a = ${number}`)).toMatchObject({
          value: { kind: 'number', value: number + 0 }
        });
      })
    );
  });
});

describe('completion', () => {
  const vocabulary = vocabularyOf([
    run,
    { ...run, id: 'b', status: 'failed' },
    { ...run, id: 'c' }
  ]);
  function items(text: string): string[] {
    return complete(text, text.length, vocabulary).items.map(item => item.text);
  }

  it.each([
    ['', ['params.lr', 'metrics.val/auc', 'status', 'not', 'changed(']],
    ['par', ['params.lr', 'params.model']],
    ['a = 1 and lo', ['metrics.loss']],
    ['status ', ['=', '~', 'in', 'and']],
    ['status = ', ['finished', 'failed']],
    ['status in (finished, f', ['failed']],
    ['params.model = ', ['"wide net"']],
    ['params.lr < 1 a', ['and']],
    ['metrics."val', ['metrics.val/auc']],
    ['changed(par', ['params.lr']]
  ])('after %j gives what can stand there', (text, wanted) => {
    expect(items(text)).toEqual(expect.arrayContaining(wanted));
  });

  it('gives the most frequent value first, and nothing where the filter is wrong already', () => {
    expect(items('status = ')[0]).toBe('finished');
    expect(items('= = ')).toEqual([]);
  });

  it('gives only what makes the filter go on', () => {
    for (const text of ['', 'status = finished ', 'not ']) {
      for (const item of complete(text, text.length, vocabulary).items) {
        const error = thrownBy(`${text}${item.text}`);
        expect(error?.start ?? Infinity, `${text}${item.text}`).toBeGreaterThanOrEqual(
          text.length + (item.text.endsWith('(') ? 0 : item.text.length)
        );
      }
    }
  });
});
