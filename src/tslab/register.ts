/**
 * Where the tracker begins: this file is bundled into one, which JupyterLab loads into kernels of
 * tslab by a request, and notebooks as the package `backtrail`.
 */
import * as api from './api.js';
import { Attachment, type IReply } from './attachment.js';
import type { IRequest } from './internals.js';
import { stateOf } from './randomness.js';
import { relocate } from './relocated.js';
import { install } from './seeds.js';
import { VERSION } from './version.js';

export { api };

/** What all copies of the tracker in a process share: the first that was loaded is at work. */
interface ITracker {
  readonly version: string;
  readonly api: typeof api;
  readonly attachment: Attachment;
}

const KEY = Symbol.for('backtrail.tracker');

function shared(): ITracker {
  const global = globalThis as { [KEY]?: ITracker };
  if (global[KEY] === undefined) {
    const tracker: ITracker = { version: VERSION, api, attachment: new Attachment(__filename) };
    Object.defineProperty(globalThis, KEY, { value: tracker, enumerable: false });
  }
  return global[KEY]!;
}

/**
 * Attaches from within a request that the kernel executes as a cell, which leaves no trace. Never
 * throws. The answer comes with the next request: this kernel's reply has no place for it.
 *
 * @param options - what is to be recorded, and where, in JSON.
 */
export function load(options: string): void {
  try {
    const { attachment } = shared();
    attachment.uncount();
    attachment.attach(options);
  } catch {
    // A kernel that cannot be recorded is left alone.
  }
}

/** The API of the tracker that is at work in this process, of whichever copy it is. */
export function attached(): typeof api {
  const tracker = shared();
  tracker.attachment.imported();
  return tracker.api;
}

/** How a program records a kernel that it starts itself. */
export interface IRecording {
  /** Attaches, or tells the state. Never throws. */
  readonly attach: (options: string) => IReply;
  /** Tells of a request before it is executed, so that nothing runs between the two. */
  readonly receive: (request: IRequest) => void;
  /** Puts back a state of `Math.random`, in the form that blobs have. */
  readonly restore: (state: string) => void;
  /** Has paths below a folder count as those that they stand for. */
  readonly relocate: (folder: string) => void;
}

/** The tracker, for a replay or for a kernel that begins with it. tslab has to be loaded before. */
export function recording(): IRecording {
  const { attachment } = shared();
  return {
    attach: options => attachment.attach(options),
    receive: request => attachment.receive(request),
    restore: state => install().restore(stateOf(state)),
    relocate
  };
}

/** Installs the generator behind `Math.random`, before anything takes the one of the system. */
export { install } from './seeds.js';
