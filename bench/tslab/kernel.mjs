// A kernel of tslab in this process, without its sockets: its own handler, converter and executor.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { inRoot } from '../../scripts/setup/paths.mjs';

const require = createRequire(import.meta.url);
export const REGISTER = inRoot('backtrail', 'tslab', 'register.cjs');

/** @typedef {[wall: number, spent: number]} Moment Milliseconds by the clock, and of the processor. */

/** Of all threads of the process: those that compile and collect for the kernel meanwhile are among them. @returns {Moment} */
export function moment() {
  const { user, system } = process.cpuUsage();
  return [performance.now(), (user + system) / 1000];
}

/** @param {Moment} from @param {Moment} to @returns {Moment} */
export const between = (from, to) => [to[0] - from[0], to[1] - from[1]];

export function kernel() {
  const at = inRoot('node_modules', 'tslab', 'dist');
  const { JupyterHandlerImpl } = require(join(at, 'jupyter.js'));
  const { createConverter } = require(join(at, 'converter.js'));
  const { createExecutor } = require(join(at, 'executor.js'));
  const node = createConverter({ isJS: false, isBrowser: false });
  const quiet = { log: console.log, error: console.error };
  const executor = createExecutor(process.cwd(), { node, close: () => node.close() }, quiet);
  return {
    handler: new JupyterHandlerImpl(executor, false),
    converter: node
  };
}

/** Puts the tracker into the kernel of this process. @param {string} name */
export function attach(name) {
  require(REGISTER).load(
    JSON.stringify({ notebook: join(process.cwd(), `${name}.ipynb`), capture: true })
  );
}

/**
 * Tells the tracker of a request, as the server of a kernel does when a message with one comes in.
 *
 * @param {object} request
 */
export function receive(request) {
  recording ??= require(REGISTER).recording();
  recording.receive(request);
}

/** @type {{ receive: (request: object) => void } | undefined} */
let recording;

/** The calls of the user's. */
export const api = () => require(REGISTER).attached();
