/** A real JupyterLab on a folder of its own, apart from everything of the user. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { startLab } from '../../scripts/setup/lab.mjs';
import { inRoot } from '../../scripts/setup/paths.mjs';
import { writeTslabKernels } from '../../scripts/setup/tslab-kernels.mjs';

/** How long a server may take to answer on a busy machine, in milliseconds. */
const START_TIMEOUT = 120_000;

/** How long kernels may take to end, in milliseconds. */
const STOP_TIMEOUT = 30_000;

/** A kernel as the server lists it. */
export interface IKernel {
  id: string;
  execution_state: string;
}

/** A session as the server lists it: a notebook and its kernel. */
export interface ISession {
  id: string;
  path: string;
  kernel: IKernel;
}

/** A JupyterLab server that tests drive. */
export class LabServer {
  private constructor(
    private _lab: ReturnType<typeof startLab>,
    /** The temporary folder of all that the server and its kernels keep. */
    readonly home: string,
    private readonly _url: URL,
    private readonly _lines: string[],
    /** The token that the server asks for; the same after a restart. */
    readonly token: string,
    private readonly _start: () => ReturnType<typeof startLab>
  ) {}

  /**
   * Starts a server whose root is an empty folder.
   *
   * @param parameters - more parameters of `jupyter lab`
   * @param env - more variables for the server and its kernels
   */
  static async start(parameters: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<LabServer> {
    const home = realpathSync(mkdtempSync(join(tmpdir(), 'backtrail-e2e-')));
    const folder = (name: string): string => {
      const path = join(home, name);
      mkdirSync(path, { recursive: true });
      return path;
    };
    const lines: string[] = [];
    writeTslabKernels(folder('data'));
    const token = randomBytes(16).toString('hex');
    const options = {
      folder: folder('root'),
      port: await freePort(),
      parameters: [
        '--LabApp.expose_app_in_browser=True',
        '--JupyterNotebookApp.expose_app_in_browser=True',
        `--IdentityProvider.token=${token}`,
        ...parameters
      ],
      env: {
        HOME: folder('home'),
        USERPROFILE: folder('home'),
        JUPYTER_CONFIG_DIR: folder('config'),
        JUPYTER_DATA_DIR: folder('data'),
        JUPYTER_RUNTIME_DIR: folder('runtime'),
        JUPYTERLAB_SETTINGS_DIR: folder('settings'),
        JUPYTERLAB_WORKSPACES_DIR: folder('workspaces'),
        IPYTHONDIR: folder('ipython'),
        BACKTRAIL: undefined,
        BACKTRAIL_DIR: undefined,
        JUPYTER_TOKEN: undefined,
        // Threads of a numerical library that wait for each other would leave the browser no core.
        OMP_NUM_THREADS: '1',
        OPENBLAS_NUM_THREADS: '1',
        ...env
      },
      log: (line: string) => lines.push(line)
    };
    const start = (): ReturnType<typeof startLab> => startLab(options);
    const lab = start();
    try {
      const url = new URL(await Promise.race([lab.address, late()]));
      return new LabServer(lab, home, url, lines, token, start);
    } catch (error) {
      lab.stop();
      throw new Error(`JupyterLab does not start:\n${lines.join('\n')}`, { cause: error });
    }
  }

  /** The folder that the server shows. */
  get root(): string {
    return join(this.home, 'root');
  }

  /** What the server has written so far. */
  get log(): string {
    return this._lines.join('\n');
  }

  /**
   * @param path - below the server's base URL
   * @param query - its parameters
   * @returns the address, without a token
   */
  address(path: string, query: Record<string, string> = {}): string {
    const url = new URL(path, this._url.origin);
    url.search = new URLSearchParams(query).toString();
    return url.href;
  }

  /** Asks the server's REST interface, with its token. */
  async request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = { Authorization: `token ${this.token}` };
    return fetch(this.address(path), { ...init, headers });
  }

  /** Asks the server's REST interface to do something, and gives its answer. */
  async post(path: string, body: unknown = {}): Promise<unknown> {
    return (await this.request(path, { method: 'POST', body: JSON.stringify(body) })).json();
  }

  /** Forgets the settings that were changed in the page, the theme among them. */
  forgetSettings(): void {
    const folder = join(this.home, 'settings');
    for (const name of readdirSync(folder)) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }

  /** The notebooks that have a kernel. */
  async sessions(): Promise<ISession[]> {
    return (await (await this.request('api/sessions')).json()) as ISession[];
  }

  /** Ends the kernels of all notebooks. */
  async endKernels(): Promise<void> {
    for (const { id } of await this.sessions()) {
      await this.request(`api/sessions/${id}`, { method: 'DELETE' });
    }
  }

  /**
   * Copies an example into the server's root.
   *
   * @param name - file in `examples/`
   * @param folder - folder below the root, made if it is not there
   * @returns the notebook's path below the root
   */
  copyExample(name: string, folder: string): string {
    mkdirSync(join(this.root, folder), { recursive: true });
    cpSync(inRoot('examples', name), join(this.root, folder, basename(name)));
    return `${folder}/${basename(name)}`;
  }

  /** Ends the server and its kernels; what it kept stays. */
  async end(): Promise<void> {
    const late = setTimeout(() => this._lab.kill(), STOP_TIMEOUT);
    this._lab.stop();
    await this._lab.ended;
    clearTimeout(late);
  }

  /** Starts a server that was ended, at the same address. */
  async startAgain(): Promise<void> {
    this._lab = this._start();
    await Promise.race([this._lab.address, late()]);
  }

  /** Ends the server and removes what it kept. */
  async stop(): Promise<void> {
    await this.end();
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Rejects when a server should have answered long ago. */
function late(): Promise<never> {
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Error('JupyterLab does not answer.')), START_TIMEOUT).unref();
  });
}

/** A port that nothing listened on a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
