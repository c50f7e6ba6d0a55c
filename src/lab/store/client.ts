import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import type { ICrateFile, IVerdictEvent } from '../../reproduce/index.js';
import type {
  FollowRequest,
  IFileUses,
  IFolderUses,
  IInterpreters,
  IOutlineCell,
  IPlayBody,
  IPlayRecord,
  IRelatives,
  IRun,
  IRunLog,
  IRunSummary,
  RunEdit,
  SeriesByKey,
  SeriesOf
} from './protocol.js';
import { FollowSocket, type IFollower } from './socket.js';

/** The server refused a request, or could not be reached; the message is a sentence. */
export class RequestError extends Error {
  /** @param status - the HTTP status; 0 when there was no answer */
  constructor(
    message: string,
    readonly status: number
  ) {
    super(message);
    this.name = 'RequestError';
  }
}

/** Speaks to the server extension: requests, and one WebSocket for all that is followed. */
export class BacktrailClient implements IDisposable {
  constructor(options: BacktrailClient.IOptions) {
    const { settings } = options;
    this._settings = settings;
    this._sentences = options.sentences;
    this._socket = new FollowSocket(() => {
      const url = URLExt.join(settings.wsUrl, 'backtrail', 'follow');
      const token = settings.appendToken && settings.token;
      return new settings.WebSocket(
        token ? `${url}?token=${encodeURIComponent(settings.token)}` : url
      );
    });
  }

  get isDisposed(): boolean {
    return this._socket.isDisposed;
  }

  /** Whether the server extension is there; rejects with the reason when it is not. */
  async status(): Promise<void> {
    await this._request('status');
  }

  /** The whole of a run. */
  run(id: string): Promise<IRun> {
    return this._json(`runs/${id}`);
  }

  /** The session logs that concern a run. */
  log(id: string): Promise<IRunLog> {
    return this._json(`runs/${id}/log`);
  }

  /**
   * Points of a run, at most `4 × width` a metric; the least and greatest of each bucket are kept.
   *
   * @param keys - the metrics; all of them when it is left out
   * @param part - only the points between two steps, both included, or those of the machine
   */
  async series(
    id: string,
    width: number,
    keys?: readonly string[],
    part: { readonly from?: number; readonly to?: number; readonly of?: SeriesOf } = {}
  ): Promise<SeriesByKey> {
    const query: Record<string, string> = { width: String(width) };
    if (keys) {
      query['keys'] = JSON.stringify(keys);
    }
    for (const [name, value] of Object.entries(part)) {
      query[name] = String(value);
    }
    const path = `runs/${id}/series${URLExt.objectToQueryString(query)}`;
    return (await this._json<{ series: SeriesByKey }>(path)).series;
  }

  /** The text of a blob, or undefined where the server lacks it. */
  blob(sha256: string, run: string): Promise<string | undefined> {
    return this._text(`blobs/${sha256}${URLExt.objectToQueryString({ run })}`);
  }

  /** The runs that made a file, and those that read it: of a contents path, or of a hash. */
  which(file: { path: string } | { sha256: string }): Promise<IFileUses> {
    return this._json(`which${URLExt.objectToQueryString(file)}`);
  }

  /** The files of a folder, a contents path, with the runs that made them. */
  whichFolder(path: string): Promise<IFolderUses> {
    return this._json(`which/folder${URLExt.objectToQueryString({ path })}`);
  }

  /** A run with those that it was made of and those that were made of it. */
  lineage(run: string): Promise<IRelatives> {
    return this._json(`lineage${URLExt.objectToQueryString({ run })}`);
  }

  /** Of the commits that runs have, whether they contain a commit; those of which git cannot tell are absent. */
  async ancestry(commit: string): Promise<{ readonly [commit: string]: boolean }> {
    const path = `ancestry${URLExt.objectToQueryString({ commit })}`;
    return (await this._json<{ commits: { [commit: string]: boolean } }>(path)).commits;
  }

  /** Where an artifact of a run can be downloaded. */
  artifactUrl(id: string, path: string): string {
    const parts = path.split('/').map(part => encodeURIComponent(part));
    return URLExt.join(this._settings.baseUrl, 'backtrail', 'runs', id, 'artifacts', ...parts);
  }

  /** Change a run afterwards; answers it as it is now. */
  edit(id: string, edit: RunEdit): Promise<IRunSummary> {
    return this._json(`runs/${id}/edits`, { method: 'POST', body: JSON.stringify(edit) });
  }

  /** Every point of a run, as it was logged: the text of its file, empty where there is none. */
  async metrics(id: string): Promise<string> {
    return (await this._text(`runs/${id}/metrics`)) ?? '';
  }

  /** By which interpreters a run can be replayed. */
  interpreters(id: string): Promise<IInterpreters> {
    return this._json(`runs/${id}/plays`);
  }

  /** Begin a replay; answers its id. It is given up when nobody follows it. */
  async beginPlay(id: string, body: IPlayBody): Promise<string> {
    const request = { method: 'POST', body: JSON.stringify(body) };
    return (await this._json<{ play: string }>(`runs/${id}/plays`, request)).play;
  }

  /** What a replay came to that has ended. */
  playRecord(id: string, play: string): Promise<IPlayRecord> {
    return this._json(`runs/${id}/plays/${play}`);
  }

  /** End a replay, and forget what it came to. */
  async endPlay(id: string, play: string): Promise<void> {
    await this._request(`runs/${id}/plays/${play}`, { method: 'DELETE' });
  }

  /**
   * Write the files of an RO-Crate into a new folder.
   *
   * @returns the paths of those that could be had
   */
  async writeCrate(id: string, folder: string, files: readonly ICrateFile[]): Promise<string[]> {
    const request = { method: 'POST', body: JSON.stringify({ folder, files }) };
    return (await this._json<{ present: string[] }>(`runs/${id}/crates`, request)).present;
  }

  /** Keep a verdict with its run; answers the run as it is now. */
  keepVerdict(id: string, verdict: IVerdictEvent): Promise<IRunSummary> {
    return this._json(`runs/${id}/verdicts`, { method: 'POST', body: JSON.stringify(verdict) });
  }

  /** Hand over what only the browser knows of a notebook. */
  async notebook(body: {
    session: string;
    path: string;
    outline: readonly IOutlineCell[];
  }): Promise<void> {
    await this._request('notebooks', { method: 'POST', body: JSON.stringify(body) });
  }

  /** Follow runs or series until the returned object is disposed. */
  follow(request: FollowRequest, follower: IFollower): IDisposable {
    return this._socket.follow(request, follower);
  }

  dispose(): void {
    this._socket.dispose();
  }

  /** The text of a file, or undefined where the server lacks it. */
  private async _text(path: string): Promise<string | undefined> {
    try {
      return await (await this._request(path)).text();
    } catch (reason) {
      if (reason instanceof RequestError && reason.status === 404) {
        return undefined;
      }
      throw reason;
    }
  }

  private async _json<T>(path: string, init: RequestInit = {}): Promise<T> {
    return (await (await this._request(path, init)).json()) as T;
  }

  private async _request(path: string, init: RequestInit = {}): Promise<Response> {
    const url = URLExt.join(this._settings.baseUrl, 'backtrail') + '/' + path;
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, init, this._settings);
    } catch {
      throw new RequestError(this._sentences.unreachable, 0);
    }
    if (response.ok) {
      return response;
    }
    let message: string | undefined;
    try {
      message = ((await response.json()) as { message?: string }).message;
    } catch {
      // A page instead of JSON: nobody of ours answered.
    }
    const missing = response.status === 404 && !message?.includes(' ');
    throw new RequestError(
      missing ? this._sentences.missing : message || `${response.status} ${response.statusText}`,
      response.status
    );
  }

  private _sentences: BacktrailClient.ISentences;
  private _settings: ServerConnection.ISettings;
  private _socket: FollowSocket;
}

/** Types of the client. */
export namespace BacktrailClient {
  export interface IOptions {
    readonly settings: ServerConnection.ISettings;
    readonly sentences: ISentences;
  }

  /** What the user is told when the server says nothing itself. */
  export interface ISentences {
    readonly missing: string;
    readonly unreachable: string;
  }
}
