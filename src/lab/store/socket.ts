import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';
import type { FollowRequest, IFollowMessage } from './protocol.js';

/** What happens to something that is followed. */
export interface IFollower {
  /** The server sent something. */
  message(message: IFollowMessage): void;
  /** The connection was lost or found again; after `true` a whole first answer follows. */
  connection?(connected: boolean): void;
}

/** What of a WebSocket is used here. */
export type Socket = Pick<
  WebSocket,
  'send' | 'close' | 'readyState' | 'onopen' | 'onmessage' | 'onclose'
>;

const OPEN = 1;
const FIRST_DELAY = 500;
const LONGEST_DELAY = 15_000;
const LINGER = 5_000;

/**
 * The one WebSocket of a page, shared by everything that follows something.
 *
 * #### Notes
 * Opened when the first thing is followed, closed a little after the last one is let go, and opened
 * again, later and later, when it breaks. After that everything is asked for anew, so a follower
 * sees a whole first answer and never a gap.
 */
export class FollowSocket implements IDisposable {
  /** @param open - makes the connection */
  constructor(open: () => Socket) {
    this._open = open;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Follow something until the returned object is disposed. */
  follow(request: FollowRequest, follower: IFollower): IDisposable {
    const id = `${request.follow}-${++this._last}`;
    this._follows.set(id, { request, follower });
    clearTimeout(this._closing);
    if (this._socket?.readyState === OPEN) {
      this._ask(id);
    } else {
      this._connect();
    }
    return new DisposableDelegate(() => this._unfollow(id));
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    this._follows.clear();
    clearTimeout(this._closing);
    clearTimeout(this._retrying);
    this._drop();
  }

  private _unfollow(id: string): void {
    if (!this._follows.delete(id)) {
      return;
    }
    if (this._socket?.readyState === OPEN) {
      this._socket.send(JSON.stringify({ unfollow: id }));
    }
    if (this._follows.size === 0) {
      clearTimeout(this._retrying);
      this._retrying = undefined;
      this._closing = setTimeout(() => this._drop(), LINGER);
    }
  }

  private _ask(id: string): void {
    this._socket?.send(JSON.stringify({ ...this._follows.get(id)?.request, id }));
  }

  private _connect(): void {
    if (this._socket || this._retrying !== undefined || this._isDisposed) {
      return;
    }
    const socket = this._open();
    this._socket = socket;
    socket.onopen = () => {
      this._delay = FIRST_DELAY;
      for (const id of this._follows.keys()) {
        this._ask(id);
      }
      this._tell(true);
    };
    socket.onmessage = event => {
      const message = JSON.parse(String(event.data)) as IFollowMessage;
      this._follows.get(message.id)?.follower.message(message);
    };
    socket.onclose = () => {
      if (this._socket !== socket) {
        return;
      }
      this._socket = null;
      if (this._follows.size === 0 || this._isDisposed) {
        return;
      }
      this._tell(false);
      this._retrying = setTimeout(() => {
        this._retrying = undefined;
        this._connect();
      }, this._delay);
      this._delay = Math.min(2 * this._delay, LONGEST_DELAY);
    };
  }

  private _tell(connected: boolean): void {
    for (const { follower } of [...this._follows.values()]) {
      follower.connection?.(connected);
    }
  }

  private _drop(): void {
    const socket = this._socket;
    this._socket = null;
    socket?.close();
  }

  private _closing: ReturnType<typeof setTimeout> | undefined;
  private _delay = FIRST_DELAY;
  private _follows = new Map<string, { request: FollowRequest; follower: IFollower }>();
  private _isDisposed = false;
  private _last = 0;
  private _open: () => Socket;
  private _retrying: ReturnType<typeof setTimeout> | undefined;
  private _socket: Socket | null = null;
}
