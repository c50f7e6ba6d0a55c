/**
 * `node play.cjs PROGRAM --into DIR --notebook NAME --scene FILE [--timeout S]
 * [--fresh DIR]`: plays the cells of a
 * run of tslab in this process, and has the tracker record them. DIR holds environments, one of which the
 * scene asks for.
 *
 * #### Notes
 * It exits with 0, with 1 when a cell failed that did not fail in the notebook, and with 2 when nothing
 * can be played.
 */
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { askedBy } from '../../runlog/index.js';
import { readFileSync, rmSync, writeFileSync } from '../disk.js';
import { recording } from '../register.js';
import { Engine } from './engine.js';
import { build, forgetGlobalPackages } from './environment.js';
import { findTslab } from './find.js';
import { protect } from './guard.js';
import { packagesOfCells } from './modules.js';
import { type IProgram, play } from './player.js';
import { type ISaid, Scene } from './scene.js';

const FAILED = 1;
const UNREADABLE = 2;

/** Plays what the command line names; the code to exit with. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      into: { type: 'string' },
      notebook: { type: 'string', default: 'replay.ipynb' },
      scene: { type: 'string' },
      fresh: { type: 'string' },
      timeout: { type: 'string' }
    }
  });
  const { into, notebook, scene: file, timeout, fresh } = values;
  const [path] = positionals;
  if (path === undefined || into === undefined || file === undefined) {
    throw new Error('It takes a program, --into and --scene');
  }
  if (timeout !== undefined) {
    limit(Number(timeout));
  }
  const program = JSON.parse(readFileSync(path, 'utf8')) as IProgram;
  const said = JSON.parse(readFileSync(file, 'utf8')) as ISaid;
  const place = resolve(into);
  const packages = fresh && built(said, program, resolve(fresh), dirname(place));
  const scene = new Scene(said, join(dirname(place), 'tree'), packages);
  scene.set(program.cells.map(({ source }) => source));
  writeFileSync(join(dirname(place), 'changed.json'), JSON.stringify(scene.changed));
  const tslab = findTslab(said.tslab, said.cwd, __filename);
  if (tslab === undefined) {
    throw new Error(
      'tslab was not found where it was, in the folder of the notebook or on the path: install it there'
    );
  }
  process.chdir(scene.cwd);
  const engine = new Engine(tslab, program.language === 'javascript');
  if (program.language === 'javascript') {
    process.argv.push('--js'); // by which the tracker knows a kernel of JavaScript
  }
  const { attach, receive, restore, relocate } = recording();
  relocate(scene.tree);
  // Who follows the user's runs is not to hear of this folder.
  const data = process.env['JUPYTER_DATA_DIR'];
  process.env['JUPYTER_DATA_DIR'] = join(dirname(place), 'data');
  const reply = attach(JSON.stringify({ notebook: join(scene.cwd, notebook), directory: place }));
  if (data === undefined) {
    delete process.env['JUPYTER_DATA_DIR'];
  } else {
    process.env['JUPYTER_DATA_DIR'] = data;
  }
  if (reply.state !== 'recording') {
    throw new Error(reply.message ?? 'Nothing is recorded');
  }
  protect(scene.protect);
  asInAKernel(engine);
  const out = process.stdout.write.bind(process.stdout);
  const isWhole = await play(program, {
    engine,
    receive,
    restore,
    write: (_, text) => void out(text)
  });
  return isWhole ? 0 : FAILED;
}

/** The packages of the environment that a scene asks for. */
function built(said: ISaid, { cells }: IProgram, parent: string, folder: string): string {
  const { cwd, environment: { packages, installed = {}, needs = {} } = { packages: [] } } = said;
  forgetGlobalPackages();
  const building = join(folder, 'building');
  writeFileSync(building, '');
  const others = packagesOfCells(
    cwd,
    cells.map(({ source }) => source)
  );
  const known = new Map(packages);
  // What a record that tells what was loaded does not name was not.
  const isLoaded = (name: string): boolean =>
    Object.keys(needs).length === 0 || Object.hasOwn(needs, name);
  for (const name of [...others].filter(one => installed[one] !== undefined && isLoaded(one))) {
    known.set(name, askedBy(installed[name]));
  }
  const made = build({ packages: [...known], installed, needs }, parent, cwd);
  rmSync(building);
  return made;
}

/** What a kernel of tslab does about signals and about what nobody catches. */
function asInAKernel(engine: Engine): void {
  process.on('SIGINT', () => engine.interrupt());
  process.on('uncaughtException', error => console.error('UncaughtException:', error));
  process.on('unhandledRejection', reason => console.error('UnhandledPromiseRejection:', reason));
}

/** Ends this process after so many seconds, whatever it does. */
function limit(seconds: number): void {
  const code = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${seconds * 1000})`;
  new Worker(code, { eval: true }).unref();
}

main().then(
  code => process.exit(code),
  (reason: unknown) => {
    const message = reason instanceof Error ? reason.message : String(reason);
    process.stderr.write(`It cannot be played: ${message}.\n`, () => process.exit(UNREADABLE));
  }
);
