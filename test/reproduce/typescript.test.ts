import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import {
  exportScript,
  notebookOf,
  select,
  type IExportOptions
} from '../../src/reproduce/index.js';
import { declaredIn } from '../../src/reproduce/declared.js';
import { Generator } from '../../src/tslab/generator.js';
import { textOf } from '../../src/tslab/randomness.js';
import { record, RUN, runStart, sha256, type Cell, type IRecord } from './log.js';

const HEAD = 'Object.defineProperty(exports, "__esModule", { value: true });\n';
const TSX = join(import.meta.dirname, '../../node_modules/tsx/dist/cli.mjs');

/** A cell of TypeScript, and what the kernel made of it; null: the compiler refused it. */
type Pair = readonly [source: string, made: string | null, more?: object];

/** A session of tslab. */
function session(cells: Pair[], more: IRecord = {}, language = 'typescript'): IExportOptions {
  const events: Record<number, object[]> = { ...more.events };
  const written = cells.map(([source, made, fields], index): Cell => {
    const n = index + 1;
    if (made !== null) {
      const isAsync = /\bawait\b/.test(made);
      const text = HEAD + made;
      const compiled = { event: 'compiled', n, language: 'javascript', source: text };
      events[-n] = [{ ...compiled, sha256: sha256(text), async: isAsync }, ...(events[-n] ?? [])];
      return { source, ...fields };
    }
    const error = { type: 'CompileError', message: 'no', unparsable: true };
    return { source, status: 'failed', error, ...fields };
  });
  const kernel = { language, version: '20.20.2', implementation: 'tslab' };
  return record(written, { ...more, events, session: { kernel } });
}

const folders: string[] = [];
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

/** Writes the script of a session and runs it, by Node or by tsx. */
async function run(
  options: IExportOptions,
  {
    files = {},
    by = [],
    variables = {}
  }: { files?: Record<string, string>; by?: string[]; variables?: Record<string, string> } = {}
) {
  const folder = mkdtempSync(join(tmpdir(), 'backtrail-script-'));
  folders.push(folder);
  const { script, fileName, problems } = await exportScript({ whole: true, ...options });
  for (const [name, text] of Object.entries({ ...files, [fileName]: script })) {
    writeFileSync(join(folder, name), text);
  }
  const { stdout, stderr, status } = spawnSync(process.execPath, [...by, fileName], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, ...variables }
  });
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return { out: stdout, err: stderr, code: status, script, problems, read };
}

describe('a script', () => {
  const cells: Pair[] = [
    ['let n: number = 1;', 'exports.n = void 0;\nlet n = 1;\nexports.n = n;'],
    [
      'function up() { return ++n }\nup()',
      'exports.up = exports.tsLastExpr = void 0;\nfunction up() { return ++exports.n; }\nexports.up = up;\nexports.tsLastExpr = up();'
    ],
    [
      'const n = "text"; n',
      'exports.n = exports.tsLastExpr = void 0;\nconst n = "text";\nexports.n = n;\nexports.tsLastExpr = n;'
    ],
    ['null', 'exports.tsLastExpr = void 0;\nexports.tsLastExpr = null;'],
    [
      'await new Promise<number>(done => setTimeout(done, 1, 3))',
      'exports.tsLastExpr = void 0;\nexports.tsLastExpr = await new Promise(done => setTimeout(done, 1, 3));'
    ],
    [
      'this === globalThis',
      'exports.tsLastExpr = void 0;\nexports.tsLastExpr = this === globalThis;'
    ]
  ];

  test('shows what the cells showed, by Node alone and by tsx, in a folder of modules too', async () => {
    for (const by of [[], [TSX]]) {
      for (const type of ['commonjs', 'module']) {
        const files = { 'package.json': JSON.stringify({ type }) };
        // Node 20 takes a file of that name as CommonJS only.
        if (by.length > 0 || type === 'commonjs') {
          const { out, err, code } = await run(session(cells), { files, by });
          expect({ out, err, code }).toEqual({ out: '2\ntext\n3\ntrue\n', err: '', code: 0 });
        }
      }
    }
  });

  test('of JavaScript ends in .js and runs by Node, in a folder of modules too', async () => {
    const files = { 'package.json': '{ "type": "module" }' };
    const { out, script } = await run(session(cells, {}, 'javascript'), { files });
    expect(out).toBe('2\ntext\n3\ntrue\n');
    expect(script).toContain(': node demo');
  });

  test('has the source of each cell in comments, whatever ends its lines', async () => {
    const source = 'const a = 1;\u2028throw 2;\r\n// b';
    const { out, code, script } = await run(session([[source, 'console.log(1);']]));
    expect({ out, code }).toEqual({ out: '1\n', code: 0 });
    expect(script).toContain('// %% [1]\n// const a = 1;\n// throw 2;\n// // b\n_nb.cell(');
  });

  test("has the compiler's own functions once", async () => {
    const own = `var __importStar = (this && this.__importStar) || function (mod) {\n    return mod;\n};\n`;
    const made = (name: string): string =>
      `${name} = __importStar(require("os"));\nconsole.log(typeof ${name}.EOL);`;
    const cells = ['a', 'b'].map((name): Pair => [
      `import * as ${name} from 'os'`,
      made(`exports.${name}`)
    ]);
    const options = session(cells);
    const [log] = options.logs;
    const text = log.text.replaceAll(
      '"source":"Object.def',
      `"source":${JSON.stringify(own).slice(0, -1)}Object.def`
    );
    const { out, script } = await run({ ...options, logs: [{ ...log, text }] });
    expect(out).toBe('string\nstring\n');
    expect(script.match(/var __importStar/g)).toHaveLength(1);
  });

  test('goes on behind a cell that failed, and ends at one that did not', async () => {
    const error = { type: 'RangeError', message: 'x', unparsable: false };
    const fails: Pair = [
      "throw new RangeError('x')",
      "throw new RangeError('x');",
      { status: 'failed', error }
    ];
    const goes = await run(session([fails, ['1', 'console.log(1);']]));
    expect([goes.out, goes.code]).toEqual(['1\n', 0]);
    expect(goes.err).toContain('RangeError: x');
    const ends = await run(
      session([
        [fails[0], fails[1]],
        ['1', 'console.log(1);']
      ])
    );
    expect([ends.out, ends.code]).toEqual(['', 1]);
    expect(ends.err).toContain('Cell [1] did not fail in the notebook: the script ends here.');
  });

  test('has what was never compiled as a comment', async () => {
    const { script, problems, code } = await run(session([['let x: = 1', null]]));
    expect(script).toContain('// %% [1]\n// Never run: CompileError: no\n// let x: = 1\n');
    expect([problems, code]).toEqual([[], 0]);
  });

  test('interrupts a cell that was interrupted, a loop and one that waits', async () => {
    const stopped = { status: 'interrupted', duration: 0.05 };
    const { out, code, problems } = await run(
      session([
        ['for (;;);', 'for (;;);', stopped],
        ['await new Promise(() => 1)', 'await new Promise(() => 1);', stopped],
        ['1', 'console.log("here");']
      ])
    );
    expect([out, code]).toEqual(['here\n', 0]);
    expect(problems[0]).toMatch(/^Cell \[1\] was interrupted, and the script interrupts it/);
  });

  test('has cells that are modules, also those that import others and are written anew', async () => {
    const module = (text: string): Pair => [
      `/** @module ${text}`,
      null,
      { status: 'finished', error: null }
    ];
    const show: Pair = ['show', 'console.log(require("./two").two());'];
    const cells = [
      module('one */\nexport const one: number = 1;'),
      module(
        'two */\nimport { one } from "./one";\nexport function two(): string { return `${one + 1}`; }'
      ),
      show,
      module('two */\nexport const two = (): string => "other";'),
      show
    ];
    const { out, err, code, problems } = await run(session(cells), { by: [TSX] });
    expect({ out, err, code, problems }).toEqual({
      out: '2\nother\n',
      err: '',
      code: 0,
      problems: []
    });
  });

  test('tells of each file that is not what the notebook read', async () => {
    const input = (path: string) => ({
      event: 'input',
      run: RUN,
      path,
      sha256: sha256('1'),
      size: 1,
      cell: 1
    });
    const events = { 0: ['same.txt', 'other.txt', 'gone.txt'].map(input) };
    const { err, code } = await run(session([['1', 'void 1;']], { events }), {
      files: { 'same.txt': '1', 'other.txt': '2' }
    });
    expect(err.trim().split('\n')).toEqual([
      `other.txt is not the file that the notebook read: its sha256 was ${sha256('1')}.`,
      `gone.txt cannot be read (ENOENT): the notebook read it, sha256 ${sha256('1')}.`
    ]);
    expect(code).toBe(0);
  });

  test('names the packages with their exact versions as npm takes them', async () => {
    const packages = JSON.stringify({ 'd3-random': '3.0.1', '@tf/core': '4.2.0', other: '1.0.0' });
    const environment = { event: 'environment', node: '20.20.2', packages: sha256(packages) };
    const { script } = await exportScript(
      session(
        [
          [
            'import',
            'require("d3-random/src/x"); require("@tf/core"); require("./mine"); require("node:fs"); require("fs/promises");'
          ]
        ],
        { events: { 0: [environment] }, blobs: { [sha256(packages)]: packages } }
      )
    );
    const manifest = /\/\/ \/\/\/ package\.json\n([^]*?)\n\/\/ \/\/\/\n/.exec(script)?.[1] ?? '';
    expect(JSON.parse(manifest.replace(/^\/\/ /gm, ''))).toMatchObject({
      private: true,
      dependencies: { '@tf/core': '4.2.0', 'd3-random': '3.0.1' },
      devDependencies: { tsx: expect.stringMatching(/^\d+\.\d+\.\d+$/) as unknown }
    });
  });
});

describe('random numbers', () => {
  const generator = new Generator(7);
  const state = textOf(generator.state);
  const draws = [generator.random(), generator.random()];
  const digest = sha256(state);
  const after = sha256(textOf(generator.state));
  const events = {
    1: [{ event: 'random_state', n: 0, stream: 'Math.random', at: 'start', state: digest }],
    0: [{ event: 'random', n: 1, streams: { 'Math.random': { before: digest, after } } }]
  };
  const cells: Pair[] = [['Math.random()', 'console.log([Math.random(), Math.random()].join());']];
  const options = session(cells, { events, blobs: { [digest]: state } });

  test('come from the recorded state, by the algorithm of the tracker', async () => {
    expect((await run(options)).out).toBe(`${draws.join()}\n`);
  });

  test('are put back behind a timer, which may draw before or after the next cell begins', async () => {
    const timer: Pair = [
      'setTimeout(() => Math.random(), 1)',
      'setTimeout(() => Math.random(), 1); const until = Date.now() + 5; while (Date.now() < until);'
    ];
    const behind = {
      1: events[1],
      0: [{ event: 'random', n: 2, streams: { 'Math.random': { before: digest, after } } }]
    };
    const raced = session([timer, ...cells], { events: behind, blobs: { [digest]: state } });
    expect((await run(raced)).out).toBe(`${draws.join()}\n`);
  });

  test('are put back in a notebook too', async () => {
    const selection = await select({ ...options, whole: true });
    const { text } = notebookOf(selection, options.run, []);
    const { cells: written, metadata } = JSON.parse(text) as {
      cells: Array<{ cell_type: string; source: string[] }>;
      metadata: { kernelspec: { name: string } };
    };
    expect(metadata.kernelspec.name).toBe('tslab');
    const [, setUp, own] = written.map(({ source }) => source.join(''));
    expect(own).toBe('Math.random()');
    const code = `${setUp}\nconsole.log([Math.random(), Math.random()].join());`;
    expect(spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' }).stdout).toBe(
      `${draws.join()}\n`
    );
  });

  test('a seed that was set by a call gives the same draws', async () => {
    const seeded = new Generator(42);
    const { out } = await run(
      session([['setSeed', 'require("backtrail").setSeed(42); console.log(Math.random());']])
    );
    expect(out).toBe(`${seeded.random()}\n`);
  });
});

test('the calls of Backtrail need none, and the metrics of the run can be written to a file', async () => {
  const other = '20261123-100002000-cccc';
  const made = 'const backtrail = require("backtrail");\n';
  const { out, read } = await run(
    session(
      [
        ['a', `${made}backtrail.logMetric('loss', 0.5); backtrail.log({ loss: NaN, step: 1 });`],
        [
          'b',
          `${made}backtrail.startRun({ name: 'two', params: { p: 1 } }).end(); backtrail.logMetric('x', 1);`
        ]
      ],
      { events: { [-2]: [runStart(other, 2, 'start_run')] } }
    ),
    { variables: { BACKTRAIL_METRICS: 'metrics.jsonl' } }
  );
  expect(out).toBe('');
  const points = read('metrics.jsonl')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as Record<string, unknown>);
  expect(points.map(({ time: _, cell: __, ...point }) => point)).toEqual([
    { step: 0, loss: 0.5 },
    { step: 1, loss: 'NaN', '/step': 1 }
  ]);
});

describe('a slice', () => {
  const number = (name: string, n: number, reads: string[] = []) => ({
    event: 'variables',
    n,
    reads,
    bound: { [name]: { type: 'number', seen: 'exact', fingerprint: `${n}`, preview: '1' } }
  });
  const shown = { event: 'outputs', n: 5, displays: [{ mimes: { 'text/plain': sha256('1') } }] };

  test('keeps the types that kept cells name, and no others', async () => {
    const options = session(
      [
        ['interface Point { x: number }', ''],
        ['type Unused = string | number', ''],
        ['const p: Point = { x: 1 }', 'exports.p = { x: 1 };'],
        ['const q = 2', 'exports.q = 2;'],
        ['p.x', 'exports.tsLastExpr = exports.p.x;']
      ],
      {
        events: {
          0: [number('p', 3), number('q', 4), { event: 'variables', n: 5, reads: ['p'] }, shown]
        }
      }
    );
    const { slice } = await select({ ...options, metricCells: [] });
    expect(slice.kept).toEqual([
      { n: 1, reasons: ['defines `Point`, read by [3]'] },
      { n: 3, reasons: ['defines `p`, read by [5]'] },
      { n: 5, reasons: ['shows a result'] }
    ]);
  });

  test('without a record of variables has every cell', async () => {
    const options = session([
      ['const a = 1', 'exports.a = 1;'],
      ['const b = 1', 'exports.b = 1;']
    ]);
    const { slice } = await select(options);
    expect(slice.kept.map(({ n }) => n)).toEqual([1, 2]);
  });
});

test('what a source declares and names is read from its text', () => {
  const { names, words } = declaredIn(`
import fs, { join as joined, type Stats } from 'fs';
import * as d3 from "./d3";
const { a, b: c = 1, ...rest } = x.hidden, [first] = list;
class Box<T> { inside = 'quoted'; }
export async function go() { const local = 1; } // comment
declare namespace Space {}`);
  expect([...names].sort()).toEqual(
    ['Box', 'Space', 'Stats', 'a', 'c', 'd3', 'fs', 'go', 'joined', 'rest'].sort()
  );
  expect(words).toContain('x');
  expect(words).toContain('./d3');
  for (const word of ['hidden', 'quoted', 'comment']) {
    expect(words).not.toContain(word);
  }
});
