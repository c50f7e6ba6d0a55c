import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { FileIndex, isId } from '../../runlog/index.js';
import { type Catalog, openCatalog } from '../catalog/catalog.js';
import type { ListedRun } from '../catalog/packing.js';
import { exit, Stop, usageError, type ICall, type ICommand } from '../command.js';
import { userName, writeEdits } from '../editlog.js';
import { hashOf } from '../hash.js';
import { named } from '../store.js';
import { printable } from '../table.js';

const why = { name: 'reason', value: 'TEXT', does: 'why, in a sentence' };

/** `backtrail promote` */
export const promote: ICommand = {
  name: 'promote',
  usage: 'RUN|FILE --stage NAME [--reason TEXT] [--replace]',
  does: 'Notes that a run, or the one that wrote a file, comes to a stage, such as production.',
  options: [
    { name: 'stage', value: 'NAME', does: 'the stage it comes to' },
    why,
    { name: 'replace', does: 'the runs of its notebook that are in this stage now leave it' }
  ],
  completes: 'run or file',
  run: call => {
    const stage = call.option('stage')?.trim();
    if (!stage) {
      throw usageError('Which stage? Give it with --stage, as in `--stage production`.');
    }
    const catalog = openCatalog(call);
    const target = targetOf(call, catalog);
    const { run } = target;
    const place = catalog.placeOf(run);
    const replaced = call.flag('replace')
      ? catalog
          .runs()
          .filter(
            other => other !== run && other.stage === stage && catalog.placeOf(other) === place
          )
      : [];
    const said = { by: userName(), reason: call.option('reason')?.trim() || null };
    const logs = [run, ...replaced].flatMap(one => [...catalog.logsOf(one)]);
    const event = { event: 'stage', run: run.id, stage, ...said, ...target.file };
    const edits = [
      ...replaced.map(({ id }) => ({ event: 'stage', run: id, stage: null, ...said })),
      event
    ];
    const written = writeEdits(place, new Set(logs), edits, call.environment);
    if (call.flag('json')) {
      const answer = { ...written.at(-1), replaced: replaced.map(({ id }) => id) };
      call.print(`${JSON.stringify(answer, null, 1)}\n`);
    } else {
      const left = replaced.map(({ id }) => `${id} has left it.\n`).join('');
      call.print(`${title(run)} is in ${printable(stage)} now.\n${left}`);
    }
    return exit.ok;
  }
};

/** `backtrail demote` */
export const demote: ICommand = {
  name: 'demote',
  usage: 'RUN|FILE [--reason TEXT]',
  does: 'Notes that a run leaves the stage it is in.',
  options: [why],
  completes: 'run or file',
  run: call => {
    const catalog = openCatalog(call);
    const { run, file } = targetOf(call, catalog);
    if (run.stage === null) {
      call.say(`${title(run)} is in no stage.`);
      if (call.flag('json')) {
        call.print(`${JSON.stringify({ run: run.id, stage: null, left: null }, null, 1)}\n`);
      }
      return exit.ok;
    }
    const reason = call.option('reason')?.trim() || null;
    const event = { event: 'stage', run: run.id, stage: null, by: userName(), reason, ...file };
    const place = catalog.placeOf(run);
    const [written] = writeEdits(place, catalog.logsOf(run), [event], call.environment);
    call.print(
      call.flag('json')
        ? `${JSON.stringify({ ...written, left: run.stage }, null, 1)}\n`
        : `${title(run)} has left ${printable(run.stage)}.\n`
    );
    return exit.ok;
  }
};

interface ITarget {
  run: ListedRun;
  file?: { path: string; sha256: string };
}

/** The run that a call is about: it is named, or it wrote the file that is. */
function targetOf(call: ICall, catalog: Catalog): ITarget {
  const [word, more] = call.words;
  if (word === undefined || more !== undefined) {
    throw usageError(
      'Which run? Give one id, a unique beginning of it, a name, `latest`, or a file.'
    );
  }
  const path = resolve(call.cwd, word);
  if (isId(word) || word === 'latest' || !statSync(path, { throwIfNoEntry: false })?.isFile()) {
    return { run: named(catalog, word) };
  }
  const sha256 = hashOf(path);
  const writers = new FileIndex(catalog.runs()).writers(sha256);
  const [first] = writers;
  if (!first) {
    throw new Stop(`No run that is known here wrote the bytes of ${path}.`, exit.noSuchRun);
  }
  if (writers.length > 1) {
    const ids = writers.slice(0, 5).map(({ run }) => run.id);
    throw usageError(
      `${writers.length} runs wrote the bytes of ${path} (${ids.join(', ')}${writers.length > 5 ? ', …' : ''}): give an id.`
    );
  }
  return { run: first.run, file: { path: first.path, sha256 } };
}

function title(run: ListedRun): string {
  return run.name === null ? run.id : `${printable(run.name)} (${run.id})`;
}
