/** Runs npm, and tells in its own words what went wrong. */
import { execFileSync } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { existsSync, realpathSync } from '../disk.js';

const LONGEST = 300;
/** Lines of npm that say nothing of what went wrong. */
const ASIDE = /^(?:code |errno |syscall |path |command |A complete log |For a full report|$)/;
/** What is in npm's cache is not asked for again: the versions are exact, so nothing newer is wanted. */
const OPTIONS = [
  '--no-audit',
  '--no-fund',
  '--no-progress',
  '--prefer-offline',
  '--legacy-peer-deps',
  '--loglevel=error'
];

/**
 * Runs npm in a folder.
 *
 * @throws when it fails, with a sentence.
 */
export function npm(folder: string, ...words: string[]): void {
  const [program, ...more] = [...npmProgram(), ...words, ...OPTIONS];
  try {
    execFileSync(program, more, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stderr, code } = error as { stderr?: Buffer; code?: string };
    const why =
      code === 'ENOENT' ? 'npm was not found' : reasonIn(stderr?.toString() ?? String(error));
    throw new Error(`The environment of the record could not be built: ${why}`, { cause: error });
  }
}

/** The npm that came with this Node, or else the one on the path. */
function npmProgram(): string[] {
  const beside = dirname(realpathSync(process.execPath));
  for (const modules of [
    join(dirname(beside), 'lib', 'node_modules'),
    join(beside, 'node_modules')
  ]) {
    const program = join(modules, 'npm', 'bin', 'npm-cli.js');
    if (existsSync(program)) {
      return [process.execPath, program];
    }
  }
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
    if (process.platform === 'win32' && existsSync(program)) {
      return [process.execPath, program];
    }
  }
  return ['npm'];
}

/** The first line of what npm says that tells what went wrong, without who may ask there. */
function reasonIn(text: string): string {
  const lines = text.split('\n').map(line => line.replace(/^npm (?:error|ERR!) ?/, '').trim());
  const told = lines.find(line => !ASIDE.test(line)) ?? '';
  const plain = told.replace(/^(?:notarget|404|network|[a-z]*) (?=[A-Z0-9'])/, '');
  return plain
    .replace(/\/\/[^/\s@]+@/g, '//')
    .slice(0, LONGEST)
    .replace(/\.$/, '');
}
