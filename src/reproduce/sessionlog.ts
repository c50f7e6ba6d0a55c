/**
 * What the events of a session tell: its executions, and where its runs opened.
 */

import { isEvent, type EventOf, type JsonObject } from '../runlog/index.js';
import type { IExecution } from './execution.js';

/** Where a run opened. */
export interface IOpening {
  readonly run: string;
  readonly name: string;
  /** The execution it begins with, and which of the calls in it opens the run, from 1; 0: none does. */
  readonly n: number;
  readonly call: number;
  /** Why it opened. */
  readonly why: string;
}

/** An execution while it is read, without the text of a large source: {@link fetchSources} fetches it. */
export interface IDraft extends Omit<IExecution, 'source' | 'inner'> {
  source: string | undefined;
  blob: string | undefined;
  parent: number | null;
  count: number | null;
  status: string | undefined;
  duration: number | undefined;
  ended: number;
  error: IExecution['error'];
  inner: IDraft[];
}

/** Reads executions, and where the runs of the session opened, `run` among them. */
export function readEvents(events: ReadonlyArray<JsonObject>, run: string) {
  const drafts: IDraft[] = [];
  const openings: IOpening[] = [];
  const imports: Array<{ n: number; packages: Record<string, string>; needs: string | null }> = [];
  const open: IDraft[] = [];
  let opening: IOpening | undefined;
  let calls = 0;
  let last: number | undefined;

  for (const event of events) {
    if (isEvent(event, 'cell_start')) {
      const draft = begun(event);
      calls = open.length ? calls : 0;
      drafts.push(draft);
      open.push(draft);
    } else if (isEvent(event, 'cell_end')) {
      const at = open.findLastIndex(({ n }) => n === event.n);
      const [draft] = at < 0 ? [] : open.splice(at, 1);
      if (draft) {
        draft.count = event.count ?? draft.count;
        draft.status = event.status;
        draft.duration = event.duration;
        draft.ended = Date.parse(event.time ?? '');
        draft.error = event.error;
      }
    } else if (isEvent(event, 'imports')) {
      imports.push({ n: event.n, packages: event.packages ?? {}, needs: event.needs ?? null });
    } else if (isEvent(event, 'run_start')) {
      const why = event.opened ?? '';
      const called = open[0] && (why === 'start_run' || why === 'after end') ? ++calls : 0;
      const begin = {
        run: event.run,
        name: event.name ?? event.run,
        n: called ? open[0].n : (event.cell ?? 0),
        call: called,
        why
      };
      openings.push(begin);
      opening = event.run === run ? begin : opening;
    } else if (isEvent(event, 'run_adopt')) {
      calls++;
      if (event.run === run && open[0] && opening) {
        opening = { ...opening, n: open[0].n, call: calls };
      }
    } else if (isEvent(event, 'run_end') && event.run === run) {
      last = event.cell ?? drafts.at(-1)?.n;
    }
  }
  return { drafts, openings, imports, opening, last: last ?? drafts.at(-1)?.n ?? 0 };
}

function begun(event: JsonObject & EventOf<'cell_start'>): IDraft {
  return {
    n: event.n,
    count: event.count ?? null,
    source: typeof event.source === 'string' ? event.source : undefined,
    blob: typeof event.source_blob === 'string' ? event.source_blob : undefined,
    transformed: event.transformed ?? undefined,
    withheld: withheldKinds(event.withheld),
    parent: event.parent ?? null,
    status: undefined,
    duration: undefined,
    began: Date.parse(event.time ?? ''),
    ended: NaN,
    error: undefined,
    inner: []
  };
}

/** The kinds in the field `withheld` of an event, a list of objects with `kind`. */
function withheldKinds(withheld: unknown): string[] {
  return (Array.isArray(withheld) ? withheld : [])
    .map((one: unknown) =>
      typeof one === 'object' && one !== null && 'kind' in one ? one.kind : undefined
    )
    .filter(kind => typeof kind === 'string');
}

/** Fetches the texts of large sources. */
export async function fetchSources(
  drafts: ReadonlyArray<IDraft>,
  blob: (sha256: string) => Promise<string | undefined>
): Promise<void> {
  const texts = new Map<string, Promise<string | undefined>>();
  for (const draft of drafts) {
    if (draft.source === undefined && draft.blob !== undefined) {
      const text = texts.get(draft.blob) ?? blob(draft.blob);
      texts.set(draft.blob, text);
      draft.source = await text;
    }
  }
}

/** The outermost executions, with the others inside them. */
export function nested(drafts: ReadonlyArray<IDraft>): IExecution[] {
  const byNumber = new Map(drafts.map(draft => [draft.n, draft]));
  return drafts.filter(draft => {
    const parent = draft.parent === null ? undefined : byNumber.get(draft.parent);
    parent?.inner.push(draft);
    return !parent;
  });
}
