import {
  readPlayed,
  type IPlay,
  type IPlayRequest,
  type IStage
} from '../../../reproduce/index.js';
import { readLines } from '../../../runlog/index.js';
import type { BacktrailClient } from '../../store/client.js';

/** What of the client a stage needs. */
export type StageClient = Pick<
  BacktrailClient,
  'beginPlay' | 'endPlay' | 'follow' | 'interpreters' | 'metrics' | 'playRecord'
>;

/** The interpreter of a run is gone: nothing was played. */
export class InterpreterGone extends Error {
  /**
   * @param recorded - null where the record names none
   * @param present - the server's own, which could be taken; null where it has none
   */
  constructor(
    readonly recorded: string | null,
    readonly present: string | null
  ) {
    super();
    this.name = 'InterpreterGone';
  }
}

/** The user ended it. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Plays scripts through the server, by an interpreter beside it: Python, or Node for tslab. */
export class ServerStage implements IStage {
  /**
   * @param python - another interpreter than the recorded one; null for that
   * @param fresh - whether an environment is built from the record
   * @param signal - ends what is being played
   */
  constructor(
    private readonly _run: string,
    private readonly _client: StageClient,
    private _python: string | null,
    private readonly _fresh: boolean,
    private readonly _signal: AbortSignal
  ) {}

  /** @throws InterpreterGone where the user has to choose another one */
  async prepare(): Promise<undefined> {
    if (this._python === null) {
      const { recorded, there, present } = await this._client.interpreters(this._run);
      if (!there && this._fresh) {
        this._python = present; // builds an environment of the version of the run
      } else if (!there) {
        throw new InterpreterGone(recorded, present);
      }
    }
  }

  /** @throws Cancelled, or RequestError with a sentence */
  async play({ script, scene, timeout, progress }: IPlayRequest): Promise<IPlay> {
    const body = { script, scene, timeout, python: this._python, fresh: this._fresh };
    const play = await this._client.beginPlay(this._run, body);
    try {
      await this._ended(play, progress);
      const { log, points, ...rest } = await this._client.playRecord(this._run, play);
      return {
        ...rest,
        played: log === null ? undefined : readPlayed(readLines(log).events, points)
      };
    } finally {
      // It may be gone already; if it cannot be reached, it ends since nobody follows it.
      this._client.endPlay(this._run, play).catch(() => undefined);
    }
  }

  points(runs: readonly string[]): Promise<readonly string[]> {
    return Promise.all(runs.map(run => this._client.metrics(run)));
  }

  async sha256(text: string): Promise<string | undefined> {
    // Browsers hash only on pages that came over a secure connection, or from this machine.
    if (!globalThis.isSecureContext) {
      return undefined;
    }
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
    return [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('');
  }

  private _ended(play: string, progress: IPlayRequest['progress']): Promise<void> {
    return new Promise((resolve, reject) => {
      const cancel = (): void => done(new Cancelled());
      const following = this._client.follow(
        { follow: 'play', play },
        {
          message: ({ error, play: now }) => {
            if (error !== undefined) {
              done(new Error(error));
            } else if (now) {
              progress(now.cells, now.building);
              if (now.ended) {
                done();
              }
            }
          }
        }
      );
      const done = (why?: Error): void => {
        following.dispose();
        this._signal.removeEventListener('abort', cancel);
        if (why) {
          reject(why);
        } else {
          resolve();
        }
      };
      this._signal.addEventListener('abort', cancel);
      if (this._signal.aborted) {
        cancel();
      }
    });
  }
}
