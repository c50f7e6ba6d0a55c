/** Which folders hold runs: a note in the user's Jupyter data directory, so that nobody walks the tree. */
import { existsSync, mkdirSync } from './disk.js';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { replaceJson, sha256 } from './layout.js';

/**
 * Notes that `runs` is a folder of runs, once.
 *
 * @throws when the Jupyter data directory cannot be written.
 */
export function remember(runs: string): void {
  const path = resolve(runs);
  const name = `${sha256(path).slice(0, 16)}.json`;
  const note = join(dataFolder(), 'backtrail', 'directories', name);
  if (!existsSync(note)) {
    mkdirSync(dirname(note), { recursive: true });
    replaceJson(note, { path });
  }
}

/** Jupyter's data directory, as jupyter_core finds it. */
function dataFolder(): string {
  const { APPDATA, JUPYTER_DATA_DIR, XDG_DATA_HOME } = process.env;
  if (JUPYTER_DATA_DIR) {
    return JUPYTER_DATA_DIR;
  }
  if (process.platform === 'darwin') {
    return join(homedir(), 'Library', 'Jupyter');
  }
  if (process.platform === 'win32') {
    return APPDATA ? join(APPDATA, 'jupyter') : join(homedir(), '.jupyter', 'data');
  }
  return join(XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'jupyter');
}
