import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  ExportError,
  localModules,
  notebookOf,
  notes,
  patchOf,
  select,
  writeScript,
  type IExportOptions
} from '../../reproduce/index.js';
import type { RunSummary } from '../../runlog/index.js';
import { exit, Stop, usageError, type ICall, type ICommand } from '../command.js';
import { writeCode, writeModules } from '../code.js';
import { writeCrate } from '../crate.js';
import { replaceFile } from '../files.js';
import { oneRun } from '../onerun.js';
import { reason } from '../reason.js';
import type { Notebook } from '../store.js';

const formats = ['script', 'notebook', 'ro-crate', 'code'];

/** `backtrail export` */
export const exportRun: ICommand = {
  name: 'export',
  usage: 'RUN [-o FILE] [--whole] [--format FORMAT]',
  does: "Writes what a run's results depend on as a script, which runs without Backtrail.",
  options: [
    {
      name: 'output',
      short: 'o',
      value: 'FILE',
      completes: 'file',
      does: 'write to FILE instead of the terminal'
    },
    { name: 'slice', does: 'only the cells that the results depend on: what is written by itself' },
    { name: 'whole', does: 'every cell of the session up to the end of the run' },
    {
      name: 'format',
      value: 'FORMAT',
      completes: ['script', 'notebook', 'ro-crate', 'code'],
      does: 'script, notebook, ro-crate or code (folders, which -o names; code is the repository as it was, or the modules that were imported)'
    }
  ],
  completes: 'run',
  run: async call => {
    if (call.flag('slice') && call.flag('whole')) {
      throw usageError('--slice and --whole exclude each other.');
    }
    const format = call.option('format') ?? 'script';
    if (!formats.includes(format)) {
      throw usageError(`There is no format ${JSON.stringify(format)}: ${formats.join(', ')}.`);
    }
    try {
      return await write(call, format);
    } catch (error) {
      throw error instanceof ExportError ? new Stop(error.message, exit.failed) : error;
    }
  }
};

async function write(call: ICall, format: string): Promise<number> {
  const { id, notebook } = oneRun(call);
  const run = notebook.summary(id);
  const options: IExportOptions = {
    run,
    logs: notebook.logs(),
    blob: sha256 => Promise.resolve(notebook.blob(sha256)),
    metricCells: notebook.metricCells(id),
    whole: call.flag('whole')
  };
  if (format === 'code') {
    return rebuildCode(call, run, notebook, options);
  }
  const selection = await select(options);
  const script = await writeScript(selection, options);
  const { slice } = selection;
  if (format === 'ro-crate') {
    const folder = emptyFolder(call, 'An RO-Crate is a folder: -o names it.');
    const problems = [...script.problems, ...writeCrate(folder, notebook, run, selection, script)];
    answer(call, { path: folder, problems, slice });
    return exit.ok;
  }
  const fileName =
    format === 'notebook' ? script.fileName.replace(/\.(?:py|[jt]s)$/, '.ipynb') : script.fileName;
  const made =
    format === 'notebook'
      ? notebookOf(selection, run, notes(selection.history, selection.whole))
      : { text: script.script, problems: script.problems };
  const output = call.option('output');
  if (output !== undefined && output !== '-') {
    const path = resolve(call.cwd, output);
    try {
      replaceFile(path, made.text);
    } catch (error) {
      throw new Stop(`${path} cannot be written: ${reason(error)}.`, exit.inputOutput);
    }
    const { patch, problems } = await writePatch(call, path, options);
    answer(call, { path, patch, fileName, problems: [...made.problems, ...problems], slice });
  } else if (call.flag('json')) {
    answer(call, { script: made.text, fileName, problems: made.problems, slice });
  } else {
    call.print(made.text);
    made.problems.forEach(call.say);
  }
  return exit.ok;
}

/** What the code had beside its commit goes beside what is exported: FILE.patch. */
async function writePatch(
  { say }: ICall,
  path: string,
  { run, blob }: IExportOptions
): Promise<{ patch?: string; problems: ReadonlyArray<string> }> {
  const { text, problems } = await patchOf(run.code, blob);
  if (text === '') {
    return { problems };
  }
  const patch = `${path.replace(/\.(?:py|[jt]s|ipynb)$/, '')}.patch`;
  replaceFile(patch, text);
  say(`${patch}: what the code had beside its commit.`);
  return { patch, problems };
}

async function rebuildCode(
  call: ICall,
  run: RunSummary,
  notebook: Notebook,
  options: IExportOptions
): Promise<number> {
  const modules = run.code?.commit ? [] : localModules((await select(options)).whole);
  const folder = emptyFolder(call, 'The code is a folder: -o names it.');
  if (modules.length > 0) {
    const problems = writeModules(modules, folder, sha256 => notebook.blob(sha256));
    answer(call, { path: folder, problems });
    return exit.ok;
  }
  const { text, problems } = await patchOf(run.code, options.blob);
  const home = dirname(run.notebook.path ?? notebook.place.runs);
  writeCode({ run, home, patch: text, folder, environment: call.environment });
  answer(call, { path: folder, problems });
  return exit.ok;
}

function answer(
  call: ICall,
  result: { problems: ReadonlyArray<string>; [field: string]: unknown }
): void {
  if (call.flag('json')) {
    call.print(`${JSON.stringify(result, null, 1)}\n`);
  }
  result.problems.forEach(call.say);
}

/** The folder that `-o` names: a new one, or one that is empty. */
function emptyFolder(call: ICall, why: string): string {
  const output = call.option('output');
  if (output === undefined || output === '-') {
    throw usageError(why);
  }
  const folder = resolve(call.cwd, output);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    throw new Stop(`${folder} is not empty.`, exit.inputOutput);
  }
  mkdirSync(folder, { recursive: true });
  return folder;
}
