/**
 * Where scripts are played: by the command line in a process of its own, in a page through the server.
 */

import type { IPlayed } from './played.js';
import type { IScene } from './scene.js';

/** One replay. */
export interface IPlayRequest {
  readonly script: string;
  readonly scene: IScene;
  /** Seconds after which it is given up. */
  readonly timeout: number;
  /** Called now and then with the number of cells that began, and whether an environment is being built. */
  readonly progress: (cells: number, building?: boolean) => void;
}

/** A file that is not as the record has it. */
export interface IChangedFile {
  readonly path: string;
  /** The first execution that read it. */
  readonly n: number;
  /** Whether it is a module that was imported. */
  readonly module: boolean;
  readonly missing: boolean;
  /** Whether the replay had it as recorded all the same. */
  readonly restored?: boolean;
  /** Why a module could not be had as recorded; a sentence. */
  readonly why?: string;
}

/** What came of it. */
export interface IPlay {
  /** Null when it was killed. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** The last lines that it wrote to stderr. */
  readonly err: string;
  /** Files that it found otherwise than the record has them. */
  readonly changed: ReadonlyArray<IChangedFile>;
  /** Undefined where it recorded nothing. */
  readonly played: IPlayed | undefined;
}

/** See above. */
export interface IStage {
  /**
   * Chooses the interpreter.
   *
   * @returns why nothing can be played, in a sentence; undefined where it can
   */
  prepare(): Promise<string | undefined>;
  /** Plays a script. Rejects when the interpreter cannot be started, or when it is told to stop. */
  play(request: IPlayRequest): Promise<IPlay>;
  /** The texts of the recorded metrics of some runs of the session, in their order. */
  points(runs: ReadonlyArray<string>): Promise<ReadonlyArray<string>>;
  /** The SHA-256 of a text, in hex; undefined where it cannot be computed. */
  sha256(text: string): Promise<string | undefined>;
}
