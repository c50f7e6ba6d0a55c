/** Starts a JupyterLab of the environment and tells when it answers. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { environmentVariables, python } from './paths.mjs';

/** What Jupyter Server writes when it listens. */
const ADDRESS = /https?:\/\/\S+:\d+\S*\/lab\S*/;

/**
 * @typedef {object} LabOptions
 * @property {string} folder the server's root
 * @property {number} [port] only this one; without it the first free one from 8888
 * @property {boolean} [browser] open the user's browser
 * @property {string[]} [parameters] more parameters of `jupyter lab`
 * @property {NodeJS.ProcessEnv} [env] more variables
 * @property {(line: string) => void} [log] gets what the server writes
 */

/**
 * @typedef {object} Lab
 * @property {Promise<string>} address resolves with the URL, token included; rejects when the server
 *   ends before it listens
 * @property {Promise<number>} ended resolves with the exit code
 * @property {() => void} stop asks it to shut its kernels down and end
 * @property {() => void} kill ends it at once
 */

/**
 * @param {LabOptions} options
 * @returns {Lab}
 */
export function startLab({ folder, port, browser = false, parameters = [], env = {}, log }) {
  const isRoot = process.getuid?.() === 0;
  const server = spawn(
    python,
    [
      ...['-m', 'jupyterlab', `--ServerApp.root_dir=${folder}`, '--ServerApp.answer_yes=True'],
      ...(browser ? [] : ['--no-browser']),
      ...(port === undefined ? [] : [`--port=${port}`, '--ServerApp.port_retries=0']),
      ...(isRoot ? ['--allow-root'] : []),
      ...parameters
    ],
    { cwd: folder, env: environmentVariables(env), stdio: ['ignore', 'pipe', 'pipe'] }
  );
  /** @type {(address: string) => void} */
  let found;
  /** @type {(error: Error) => void} */
  let lost;
  const address = new Promise((/** @type {(address: string) => void} */ resolve, reject) => {
    found = resolve;
    lost = reject;
  });
  for (const stream of [server.stdout, server.stderr]) {
    createInterface({ input: stream }).on('line', line => {
      log?.(line);
      const [url] = ADDRESS.exec(line) ?? [];
      if (url) {
        found(url);
      }
    });
  }
  const ended = new Promise((/** @type {(code: number) => void} */ resolve) => {
    server.on('error', error => {
      lost(error);
      resolve(1);
    });
    server.on('close', (code, signal) => {
      lost(new Error(`JupyterLab ended (${signal ?? `code ${code}`}) before it answered.`));
      resolve(code ?? 1);
    });
  });
  return {
    address,
    ended,
    stop: () => void server.kill('SIGTERM'),
    kill: () => void server.kill('SIGKILL')
  };
}
