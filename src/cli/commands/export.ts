import { resolve } from 'node:path';
import { ExportError, exportScript } from '../../reproduce/index.js';
import { exit, Stop, usageError, type ICommand } from '../command.js';
import { replaceFile } from '../files.js';
import { oneRun } from '../onerun.js';
import { reason } from '../store.js';

/** `backtrail export` */
export const exportRun: ICommand = {
  name: 'export',
  usage: 'RUN [-o FILE] [--whole]',
  does: "Writes what a run's results depend on as a Python script, which runs without Backtrail.",
  options: [
    { name: 'output', short: 'o', value: 'FILE', does: 'write to FILE instead of the terminal' },
    { name: 'slice', does: 'only the cells that the results depend on: what is written by itself' },
    { name: 'whole', does: 'every cell of the session up to the end of the run' },
    { name: 'format', value: 'FORMAT', does: 'script' }
  ],
  run: async call => {
    if (call.flag('slice') && call.flag('whole')) {
      throw usageError('--slice and --whole exclude each other.');
    }
    const format = call.option('format') ?? 'script';
    if (format !== 'script') {
      throw usageError(`--format ${format} is not in this version yet: there is \`script\`.`);
    }
    const { id, notebook } = oneRun(call);
    const exported = await exportScript({
      run: notebook.summary(id),
      logs: notebook.logs(),
      blob: sha256 => Promise.resolve(notebook.blob(sha256)),
      metricCells: notebook.metricCells(id),
      whole: call.flag('whole')
    }).catch((error: unknown) => {
      throw error instanceof ExportError ? new Stop(error.message, exit.failed) : error;
    });
    const output = call.option('output');
    if (output !== undefined && output !== '-') {
      const path = resolve(call.cwd, output);
      try {
        replaceFile(path, exported.script);
      } catch (error) {
        throw new Stop(`${path} cannot be written: ${reason(error)}.`, exit.inputOutput);
      }
      if (call.flag('json')) {
        const { fileName, problems, slice } = exported;
        call.print(`${JSON.stringify({ path, fileName, problems, slice }, null, 1)}\n`);
      }
    } else {
      call.print(call.flag('json') ? `${JSON.stringify(exported, null, 1)}\n` : exported.script);
    }
    exported.problems.forEach(call.say);
    return exit.ok;
  }
};
