import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { KernelMessage } from '@jupyterlab/services';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IAttachOptions, IAttachReply } from '../../src/lab/attach/language.js';
import { python, pythonExpression } from '../../src/lab/attach/python.js';

/** The interpreter that the project was set up with, else the system's. */
const PYTHON =
  [resolve('.venv', 'bin', 'python'), resolve('.venv', 'Scripts', 'python.exe')].find(existsSync) ??
  'python3';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backtrail-loader-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A package that answers with what it was called with, and says where it lies. */
function makePackage(place: string, version: string): string {
  const location = join(folder, place);
  const tracker = join(location, 'backtrail', 'tracker');
  mkdirSync(tracker, { recursive: true });
  writeFileSync(join(location, 'backtrail', '__init__.py'), `__version__ = "${version}"\n`);
  writeFileSync(join(tracker, '__init__.py'), '');
  writeFileSync(
    join(tracker, 'attach.py'),
    [
      'import json',
      'def attach(options):',
      '    options = json.loads(options)',
      '    if options["notebook"] == "/bad.ipynb": raise OSError("disk full")',
      `    return json.dumps({"state": "recording", "session": "${place}", "notebook": options["notebook"]})`,
      'def new_run():',
      `    return json.dumps({"state": "recording", "session": "new in ${place}"})`
    ].join('\n')
  );
  return location;
}

function options(location: string, more: Partial<IAttachOptions> = {}): IAttachOptions {
  return {
    notebook: '/a/n.ipynb',
    capture: true,
    directory: '',
    redact: [],
    system_metrics_every: 30,
    keep_files_up_to: 10,
    capture_off: ['printed'],
    capture_values: 'none',
    version: '1.2.3',
    location,
    ...more
  };
}

/**
 * Evaluates an expression as a kernel does, in a namespace whose names shadow what they can, and
 * answers its repr, the namespace's new names, and `sys.path` before and after.
 */
function evaluate(
  expressions: readonly string[],
  env: Record<string, string> = {}
): { replies: IAttachReply[]; names: string[]; samePath: boolean; modules: string[] } {
  const program = [
    'import json, sys',
    'expressions = json.load(sys.stdin)',
    'space = {"exec": 1, "eval": 2, "json": 3, "sys": 4, "open": 5, "__builtins__": __builtins__}',
    'names, path = set(space), list(sys.path)',
    'replies = [json.loads(repr(eval(e, space))) for e in expressions]',
    'print(json.dumps({"replies": replies, "names": sorted(set(space) - names),',
    '  "samePath": path == sys.path, "modules": [m for m in sys.modules if "backtrail" in m]}))'
  ].join('\n');
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', program], {
    input: JSON.stringify(expressions),
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, PYTHONPATH: '', PYTHONDONTWRITEBYTECODE: '1', ...env }
  });
  if (!stdout) {
    throw new Error(stderr);
  }
  return JSON.parse(stdout) as ReturnType<typeof evaluate>;
}

describe('the expression that attaches', () => {
  it('loads the tracker from its location and leaves names and sys.path alone', () => {
    const location = makePackage('server', '1.2.3');
    const seen = evaluate([pythonExpression('attach', options(location))]);
    expect(seen.replies).toEqual([
      { state: 'recording', session: 'server', notebook: '/a/n.ipynb' }
    ]);
    expect(seen.names).toEqual([]);
    expect(seen.samePath).toBe(true);
  });

  it('prefers an installed package of the same version', () => {
    const location = makePackage('server', '1.2.3');
    const installed = makePackage('installed', '1.2.3');
    const seen = evaluate([pythonExpression('attach', options(location))], {
      PYTHONPATH: installed
    });
    expect(seen.replies[0]?.session).toBe('installed');
  });

  it('passes over an installed package of another version', () => {
    const location = makePackage('server', '1.2.3');
    const installed = makePackage('installed', '1.2.2');
    const seen = evaluate([pythonExpression('attach', options(location))], {
      PYTHONPATH: installed
    });
    expect(seen.replies[0]?.session).toBe('server');
  });

  it('passes over a folder of the same name beside the notebook', () => {
    const location = makePackage('server', '1.2.3');
    mkdirSync(join(folder, 'backtrail'));
    writeFileSync(join(folder, 'backtrail', '__init__.py'), 'raise SystemExit("not ours")');
    const seen = evaluate([pythonExpression('attach', options(location))]);
    expect(seen.replies[0]?.session).toBe('server');
  });

  it('loads nothing where capture is off', () => {
    const location = makePackage('server', '1.2.3');
    const seen = evaluate([pythonExpression('attach', options(location, { capture: false }))]);
    expect(seen.replies).toEqual([{ state: 'off' }]);
    expect(seen.modules).toEqual([]);
  });

  it('tells a tracker that is there that capture was turned off', () => {
    const location = makePackage('server', '1.2.3');
    const seen = evaluate([
      pythonExpression('attach', options(location)),
      pythonExpression('attach', options(location, { capture: false, notebook: '/off.ipynb' }))
    ]);
    expect(seen.replies[1]?.notebook).toBe('/off.ipynb');
  });

  it('says what to do where the package is nowhere', () => {
    const seen = evaluate([pythonExpression('attach', options(join(folder, 'nowhere')))]);
    expect(seen.replies[0]?.state).toBe('failed');
    expect(seen.replies[0]?.message).toContain('pip install backtrail');
  });

  it('answers a failing tracker as a sentence', () => {
    const location = makePackage('server', '1.2.3');
    const seen = evaluate([
      pythonExpression('attach', options(location, { notebook: '/bad.ipynb' }))
    ]);
    expect(seen.replies[0]).toEqual({
      state: 'failed',
      message: 'The tracker could not be started in this kernel: OSError: disk full'
    });
  });

  it('carries any path', () => {
    const location = makePackage('server', '1.2.3');
    const notebook = '/ä "b\'\\c/\u{1F40D}\u2028{%d}\n.ipynb';
    const seen = evaluate([pythonExpression('attach', options(location, { notebook }))]);
    expect(seen.replies[0]?.notebook).toBe(notebook);
  });

  it('opens a new run', () => {
    const location = makePackage('server', '1.2.3');
    const seen = evaluate([pythonExpression('new_run', options(location))]);
    expect(seen.replies[0]?.session).toBe('new in server');
  });
});

describe('what the kernel answers', () => {
  type Reply = KernelMessage.IExecuteReplyMsg['content'];
  const ok = (backtrail: object): Reply => ({
    status: 'ok',
    execution_count: 1,
    payload: [],
    user_expressions: { backtrail: backtrail as never }
  });

  it('is the tracker’s JSON', () => {
    const data = { 'text/plain': '{"state": "off"}' };
    expect(python.read(ok({ status: 'ok', data, metadata: {} }))).toEqual({ state: 'off' });
  });

  it('is nothing when the request was dropped behind a failing cell', () => {
    expect(python.read({ status: 'aborted', execution_count: 1 } as unknown as Reply)).toBeNull();
  });

  it('is a failure when the expression raised', () => {
    const reply = python.read(ok({ status: 'error', ename: 'SyntaxError', evalue: 'x' }));
    expect(reply).toMatchObject({ message: expect.stringContaining('SyntaxError: x') as string });
  });

  it('is a failure when it is no JSON', () => {
    const data = { 'text/plain': 'None of it' };
    expect(python.read(ok({ status: 'ok', data }))).toMatchObject({ state: 'failed' });
  });
});

describe('the request that attaches', () => {
  it('is silent, has no code, and keeps no history', () => {
    expect(python.attach(options('/x'))).toMatchObject({
      code: '',
      silent: true,
      store_history: false,
      stop_on_error: false,
      allow_stdin: false
    });
  });

  it('is for Python kernels only', () => {
    const serves = (language: string) => python.serves({ language, argv: [] });
    expect(['python', 'Python', 'ipython3'].map(serves)).toEqual([true, true, true]);
    expect(['', 'R', 'typescript', 'pythonish'].some(serves)).toBe(false);
  });
});
