import { existsSync, statSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { FileIndex, type IFileUse } from '../../runlog/index.js';
import { type Catalog, openCatalog } from '../catalog/catalog.js';
import type { ListedRun } from '../catalog/packing.js';
import { exit, Stop, usageError, type ICall, type ICommand } from '../command.js';
import { hashOf } from '../hash.js';
import { progressOn, type Tell } from '../progress.js';
import { reason } from '../reason.js';
import { blobPath } from '../store.js';
import { moment, printable, shown, table } from '../table.js';
import { describeWriter } from '../which/describe.js';
import { filesIn } from '../which/files.js';
import { type IFoundFile, lookUp, originsJson, readersJson, useJson } from '../which/found.js';

/** `backtrail which` */
export const which: ICommand = {
  name: 'which',
  usage: 'FILE|FOLDER',
  does: 'Tells which runs wrote exactly these bytes, and what they were made of.',
  options: [],
  completes: 'file',
  run: call => {
    const [word, more] = call.words;
    if (word === undefined || more !== undefined) {
      throw usageError('Which file? Give one file, one folder, or the sha256 of a content.');
    }
    const path = resolve(call.cwd, word);
    if (!existsSync(path) && /^[0-9a-f]{64}$/i.test(word)) {
      return tellFile(call, word.toLowerCase(), undefined, openCatalog(call));
    }
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) {
      throw new Stop(`There is no file ${path}.`, exit.inputOutput);
    }
    const catalog = openCatalog(call);
    return found.isDirectory()
      ? tellFolder(call, path, catalog)
      : tellFile(call, hash(path), path, catalog);
  }
};

function tellFile(call: ICall, sha256: string, path: string | undefined, catalog: Catalog): number {
  const files = new FileIndex(catalog.runs());
  const found = lookUp(sha256, files, catalog);
  if (call.flag('json')) {
    const runs = found.writers.map(({ use, run, origins, execution }) => ({
      ...useJson(use),
      execution: execution ?? null,
      inputs: originsJson(origins),
      readers: readersJson(files.descendants(use.run)),
      summary: run
    }));
    const answer = { path: path ?? null, sha256, runs, readers: found.readers.map(useJson) };
    call.print(`${JSON.stringify(answer, null, 1)}\n`);
  } else if (found.writers.length) {
    const texts = found.writers.map(writer =>
      describeWriter(writer, diffOf(writer.use.run, catalog), call.screen)
    );
    call.print(`${texts.join('\n\n')}\n`);
  }
  if (found.writers.length === 0) {
    call.say(noWriter(found, path ?? sha256));
    return exit.noSuchRun;
  }
  return exit.ok;
}

function noWriter({ readers }: IFoundFile, name: string): string {
  const [first] = readers;
  const read = first
    ? `; ${readers.length} read ${readers.length === 1 ? 'it' : 'them'}, the last ${first.run.id} (${printable(first.run.name ?? '')}).`
    : '.';
  return `No run that is known here wrote the bytes of ${printable(name)}${read}`;
}

/** The file that holds what was not committed when the run began. */
function diffOf(run: ListedRun, catalog: Catalog): string | undefined {
  const diff = run.code?.diff;
  const path = diff && blobPath(catalog.placeOf(run).runs, diff);
  return path && existsSync(path) ? path : undefined;
}

function tellFolder(call: ICall, folder: string, catalog: Catalog): number {
  const files = new FileIndex(catalog.runs());
  const sizes = knownSizes(catalog.runs());
  const progress = progressOn(process.stderr, 'Hashing');
  const listed = filesIn(folder, (path, error) => {
    call.say(`${path} cannot be read: ${reason(error)}.`);
  });
  // A file of a size that no run wrote is none of theirs: it need not be read.
  const candidates = listed.filter(({ size }) => sizes?.has(size) ?? true);
  const all = candidates.reduce((sum, { size }) => sum + size, 0);
  const hashes = new Map<string, string | undefined>();
  let before = 0;
  for (const { path, size } of candidates) {
    hashes.set(
      path,
      tryHash(path, call, done => {
        progress.tell(before + done, all);
      })
    );
    before += size;
  }
  progress.end();
  const found = listed.map(({ path }) => {
    const sha256 = hashes.get(path);
    return { path, sha256, writers: sha256 ? files.writers(sha256) : [] };
  });
  if (call.flag('json')) {
    const answers = found.map(({ path, sha256, writers }) => ({
      path,
      sha256: sha256 ?? null,
      runs: writers.map(useJson)
    }));
    call.print(`${JSON.stringify(answers, null, 1)}\n`);
  } else if (found.length) {
    const rows = found.map(({ path, writers }) => [relative(folder, path), ...writerRow(writers)]);
    const head = ['FILE', 'RUN', 'NAME', 'STARTED', 'METRICS', 'ALSO'];
    const spare = ['STARTED', 'METRICS', 'ALSO'];
    const setting = { screen: call.screen, whole: ['RUN'], spare };
    call.print(`${table([head, ...rows], setting)}\n`);
  } else {
    call.say(`There are no files in ${folder}.`);
  }
  if (found.some(({ writers }) => writers.length)) {
    return exit.ok;
  }
  if (found.length) {
    call.say(`No run that is known here wrote one of the files in ${folder}.`);
  }
  return exit.noSuchRun;
}

function writerRow(writers: readonly IFileUse<ListedRun>[]): string[] {
  const [use, ...others] = writers;
  if (!use) {
    return ['', '', '', '', ''];
  }
  const { run } = use;
  const metrics = Object.entries(run.metrics).slice(0, 3);
  return [
    run.id,
    run.name ?? '',
    moment(run.started),
    metrics.map(([key, { last }]) => `${key} ${shown(last)}`).join(', '),
    others.length ? `${others.length} more` : ''
  ];
}

/** The sizes of all files that runs wrote; undefined where one of them is not known. */
function knownSizes(runs: readonly ListedRun[]): Set<number> | undefined {
  const sizes = new Set<number>();
  for (const run of runs) {
    for (const { sha256, size } of [...run.outputs, ...run.artifacts]) {
      if (sha256 && typeof size !== 'number') {
        return undefined;
      }
      sizes.add(size ?? -1);
    }
  }
  return sizes;
}

function tryHash(path: string, call: ICall, tell: Tell): string | undefined {
  try {
    return hashOf(path, tell);
  } catch (error) {
    call.say(`${path} cannot be read: ${reason(error)}.`);
    return undefined;
  }
}

function hash(path: string): string {
  const progress = progressOn(process.stderr, `Hashing ${basename(path)}`);
  try {
    return hashOf(path, progress.tell);
  } catch (error) {
    throw new Stop(`${path} cannot be read: ${reason(error)}.`, exit.inputOutput);
  } finally {
    progress.end();
  }
}
