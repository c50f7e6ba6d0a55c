import { expect, test } from 'vitest';
import { ExportError, exportScript } from '../../src/reproduce/index.js';
import { readHistory } from '../../src/reproduce/history.js';
import { record, RUN, runStart, SESSION, sha256, type Cell, type IRecord } from './log.js';

const history = (cells: Cell[], more?: IRecord) => {
  const { run, logs, blob } = record(cells, more);
  return readHistory(run, logs, blob);
};

const sources = async (cells: Cell[], more?: IRecord) =>
  (await history(cells, more)).executions.map(({ source }) => source);

test('the history ends with the last cell of the run', async () => {
  const events = { 0: [{ event: 'run_end', run: RUN, status: 'finished', cell: 2 }] };
  expect(await sources(['a', 'b', 'c'], { events })).toEqual(['a', 'b']);
});

test('the history of a run that has no end is all there is', async () => {
  expect(await sources(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
});

test('cells before the run belong to its history', async () => {
  const run = '20261123-100002000-cccc';
  const events = {
    3: [{ event: 'run_end', run: RUN, status: 'finished', cell: 2 }, runStart(run, 3, 'start_run')]
  };
  expect(await sources(['a', 'b', 'c'], { run, events })).toEqual(['a', 'b', 'c']);
});

test('executions inside another are not executed by themselves', async () => {
  const { executions } = await history(['%%capture\nx', { source: 'x', parent: 1 }, 'y']);
  expect(executions.map(({ n }) => n)).toEqual([1, 3]);
  expect(executions[0].inner.map(({ source }) => source)).toEqual(['x']);
});

test('large sources come from their blobs, each asked for once', async () => {
  const text = 'x = 1  # long';
  const asked: string[] = [];
  const large = { source: undefined as unknown as string, source_blob: sha256(text) };
  const { run, logs } = record([large, large]);
  const { executions } = await readHistory(run, logs, hash => {
    asked.push(hash);
    return Promise.resolve(text);
  });
  expect(executions.map(({ source }) => source)).toEqual([text, text]);
  expect(asked).toEqual([sha256(text)]);
});

test('a source that is missing is said and leaves a gap', async () => {
  const large = { source: undefined as unknown as string, source_blob: sha256('gone') };
  const { script, problems } = await exportScript(record(['x = 1', large]));
  expect(problems[0]).toBe(
    'The source of cell 2 is missing from the record, and so from the script.'
  );
  expect(script).toContain('# %% [2]\n# The source of this cell is missing from the record.');
});

test('a damaged log gives what can be read, and that is said', async () => {
  const options = record(['x = 1', 'y = 2']);
  const lines = options.logs[0].text.split('\n');
  const damaged = {
    ...options,
    logs: [{ id: SESSION, text: [...lines.slice(0, 3), '{"event":', ...lines.slice(3)].join('\n') }]
  };
  const { problems, script } = await exportScript(damaged);
  expect(problems[0]).toBe(
    "1 line of the session's log cannot be read: the script may lack cells."
  );
  expect(script).toContain('y = 2');
});

test('cells that ran before the record began are said to be missing', async () => {
  const { problems } = await exportScript(record([{ source: 'x', count: 4 }]));
  expect(problems[0]).toBe(
    'The session had executed 3 cells before the record begins: the script lacks them.'
  );
});

test('an execution that another is not the parent of stays, even when its parent is unknown', async () => {
  expect(await sources([{ source: 'a', parent: 9 }])).toEqual(['a']);
});

test('a missing log, a log without a beginning and another language end in one sentence', async () => {
  const options = record(['x = 1']);
  const text = options.logs[0].text;
  const cases = [
    { ...options, logs: [] },
    { ...options, logs: [{ id: SESSION, text: text.slice(text.indexOf('\n') + 1) }] },
    { ...options, run: { ...options.run, id: '20261123-100009000-zzzz' } },
    { ...options, run: { ...options.run, kernel: { language: 'julia', version: '5' } } }
  ];
  for (const one of cases) {
    const error = await exportScript(one).then(
      () => undefined,
      (reason: unknown) => reason
    );
    expect(error).toBeInstanceOf(ExportError);
    expect((error as Error).message).toMatch(/^[^\n]+\.$/);
  }
});

test('a source that other software helped IPython with is taken as IPython made it', async () => {
  const { script } = await exportScript(record([{ source: 'x := 1', transformed: 'x = 1\n' }]));
  expect(script).toContain('# %% [1]\nx = 1\n');
});
