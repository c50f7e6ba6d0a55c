/** Plays the cells of a program in this process, one after the other. */
import { performance } from 'node:perf_hooks';
import type { IRequest, WriteStream } from '../internals.js';
import type { Engine } from './engine.js';
import { interrupted } from './interrupt.js';

/** What is played, as `src/reproduce/script/typescript/program.ts` writes it. */
export interface IProgram {
  readonly language: string;
  readonly random: string | null;
  readonly cells: ReadonlyArray<{
    readonly n: number;
    readonly source: string;
    readonly random: string | null;
    readonly fails: boolean;
    readonly interrupted: number | null;
    readonly wait: number;
  }>;
}

/** What the player needs. */
export interface IPlayerOptions {
  readonly engine: Engine;
  /** Tells the tracker of a request. */
  readonly receive: (request: IRequest) => void;
  /** Puts back a state of `Math.random`. */
  readonly restore: (state: string) => void;
  readonly write: WriteStream;
}

/** Executes every cell; whether none of them failed that did not fail in the notebook. */
export async function play({ random, cells }: IProgram, options: IPlayerOptions): Promise<boolean> {
  const { restore } = options;
  const usual = active();
  if (random !== null) {
    restore(random);
  }
  for (const cell of cells) {
    const isWhole = await executed(cell, options);
    if (!isWhole && !cell.fails && cell.interrupted === null) {
      return false;
    }
    await goneOn(cell.wait, usual);
  }
  return true;
}

async function executed(
  { source, random, interrupted: seconds }: IProgram['cells'][number],
  { engine, receive, restore, write }: IPlayerOptions
): Promise<boolean> {
  const before = (request: IRequest): void => {
    receive(request);
    if (random !== null) {
      restore(random);
    }
  };
  const execute = (): Promise<boolean> => engine.execute(source, write, before);
  return seconds === null ? execute() : interrupted(seconds, execute);
}

/** What goes on behind a cell goes on until it ends, or as long as it had in the notebook. */
async function goneOn(seconds: number, usual: number): Promise<void> {
  const until = performance.now() + seconds * 1000;
  do {
    await new Promise(done => setImmediate(done));
    if (active() > usual) {
      await new Promise(done => setTimeout(done, 2));
    }
  } while (active() > usual && performance.now() < until);
}

function active(): number {
  return process.getActiveResourcesInfo().length;
}
