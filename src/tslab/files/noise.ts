/** Which files say nothing about a result: those of Node, its packages, the system and Jupyter. */
import { homedir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';

const SYSTEM = [
  ...['/proc/', '/sys/', '/dev/', '/etc/', '/run/user/', '/run/lock/', '/usr/lib', '/usr/share/'],
  ...['/usr/local/lib/', '/usr/local/share/', '/var/cache/', '/lib/', '/lib64/', '/System/Library/']
];
const AT_HOME = [
  ...['.ipython', '.jupyter', '.local/share/jupyter', '.local/lib', '.local/etc/jupyter', '.ssh'],
  ...['.aws', '.kaggle', '.netrc', '.config/gcloud', '.gitconfig', '.config/git', '.docker'],
  ...['.npmrc', '.npm', '.yarnrc', '.nvm', '.git-credentials', '.cache/node', '.node_repl_history']
];
const PARTS = ['/node_modules/', '/.git/', '/.ipynb_checkpoints/', '/.virtual_documents/'];
const ENDINGS = [
  '.ipynb',
  '.lock',
  '.node',
  '/package.json',
  '/package-lock.json',
  '/tsconfig.json'
];
/** Code is told as modules; where it is written, it is a file like any other. */
const CODE = /\.(?:[cm]?[jt]sx?|wasm|map)$/;

/** Tells which paths are left out. */
export class Noise {
  /** @param own - folders of Backtrail's. */
  constructor(own: () => readonly string[]) {
    this._own = own;
    const node = dirname(dirname(process.execPath));
    this._starts = [
      ...(process.platform === 'win32' ? [] : SYSTEM),
      ...AT_HOME.map(name => join(homedir(), name)),
      ...['lib', 'include', 'share'].map(name => join(node, name) + sep)
    ];
  }

  /** Whether an absolute path is left out. */
  covers(path: string, isWritten: boolean): boolean {
    const posix = sep === '/' ? path : path.replaceAll('\\', '/');
    return (
      (!isWritten && CODE.test(path)) ||
      ENDINGS.some(ending => posix.endsWith(ending)) ||
      PARTS.some(part => posix.includes(part)) ||
      this._starts.some(start => path.startsWith(start)) ||
      this._own().some(folder => path.startsWith(folder))
    );
  }

  private readonly _own: () => readonly string[];
  private readonly _starts: readonly string[];
}

/** Whether a file is one that is made to hold secrets: it is named, but neither hashed nor kept. */
export function holdsSecrets(path: string): boolean {
  const name = basename(path).toLowerCase();
  return (
    /^(?:credentials|kaggle\.json|secrets\.toml|service_account\.json|id_rsa|id_ed25519|\.env(?:\..*)?)$/.test(
      name
    ) || /\.(?:pem|key|p12|pfx|keystore)$/.test(name)
  );
}
