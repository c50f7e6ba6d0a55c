import { expect, test } from 'vitest';
import {
  Cancelled,
  InterpreterGone,
  ServerStage,
  type StageClient
} from '../../src/lab/runview/repeat/stage.js';
import type { IPlayRequest } from '../../src/reproduce/index.js';

const request = {
  script: '# %% [1]\nx = 1\n',
  scene: {},
  timeout: 60,
  progress: () => undefined
} as unknown as IPlayRequest;

/** A server that begins a replay, and says something of it to whoever follows. */
function server(says: object | null): { client: StageClient; ended: string[] } {
  const ended: string[] = [];
  const client: StageClient = {
    beginPlay: () => Promise.resolve('p-1'),
    endPlay: (_, play) => {
      ended.push(play);
      return Promise.resolve();
    },
    follow: (_, listener) => {
      queueMicrotask(() => says && listener.message(says as never));
      return { dispose: () => undefined, isDisposed: false };
    },
    interpreters: () => Promise.resolve({ recorded: '/gone', there: false, present: '/here' }),
    metrics: () => Promise.resolve(''),
    playRecord: () => Promise.reject(new Error('not there'))
  };
  return { client, ended };
}

test('a server that was started anew while it verified is said, and the verify is over', async () => {
  const says = 'There is no replay p-1 here: the server was started anew, or it was given up.';
  const { client, ended } = server({ error: says });
  const stage = new ServerStage('r', client, null, false, new AbortController().signal);
  await expect(stage.play(request)).rejects.toThrow(says);
  expect(ended).toEqual(['p-1']);
});

test('a cancelled replay is ended on the server', async () => {
  const { client, ended } = server(null);
  const stop = new AbortController();
  const played = new ServerStage('r', client, null, false, stop.signal).play(request);
  stop.abort();
  await expect(played).rejects.toThrow(Cancelled);
  expect(ended).toEqual(['p-1']);
});

test('an interpreter that is gone is for the user to replace, but for a fresh environment', async () => {
  const { client } = server(null);
  const { signal } = new AbortController();
  await expect(new ServerStage('r', client, null, false, signal).prepare()).rejects.toThrow(
    InterpreterGone
  );
  await expect(new ServerStage('r', client, null, true, signal).prepare()).resolves.toBe(undefined);
});
