import type { JsonObject } from './json.js';
import type { EventKind, EventOf } from './schema.js';

/** What an event cannot do without: the type of each field that says what it is about. */
type Needs = Record<string, 'string' | 'number' | 'boolean'>;

const RUN = { run: 'string' } as const;
const RUN_KEY = { run: 'string', key: 'string' } as const;
const RUN_NAME = { run: 'string', name: 'string' } as const;
const RUN_PATH = { run: 'string', path: 'string' } as const;

/**
 * The needs of every event. A test holds them against the schemas, so that nobody has to load zod
 * to read a log.
 */
export const NEEDS: Readonly<Record<EventKind, Needs>> = {
  session: {},
  editor: {},
  environment: {},
  imports: { n: 'number' },
  cell_start: { n: 'number' },
  compiled: { n: 'number' },
  cell_end: { n: 'number' },
  variables: { n: 'number' },
  outputs: { n: 'number' },
  modules: { n: 'number' },
  notebook: { session: 'string', path: 'string' },
  rename_notebook: { to: 'string' },
  random: { n: 'number' },
  random_state: { n: 'number', stream: 'string', at: 'string', state: 'string' },
  entropy: { n: 'number' },
  warning: { message: 'string' },
  session_end: {},
  run_start: RUN,
  run_end: { run: 'string', status: 'string' },
  run_adopt: RUN,
  code: RUN,
  param: RUN_KEY,
  metric: RUN_KEY,
  artifact: RUN_NAME,
  output: RUN_PATH,
  input: RUN_PATH,
  dataset: RUN_NAME,
  usage: RUN,
  seed: { run: 'string', library: 'string' },
  tag: RUN_KEY,
  note: { run: 'string', text: 'string' },
  rename: RUN_NAME,
  experiment: RUN_NAME,
  archive: { run: 'string', archived: 'boolean' },
  stage: RUN,
  verify: { run: 'string', verdict: 'string' }
};

/**
 * Whether a line is an event of that kind and can be read as one.
 *
 * #### Notes
 * Only what the event cannot do without is looked at; a log may come from anybody, so what is shown
 * or computed with must still be looked at by whoever does so.
 */
export function isEvent<Kind extends EventKind>(
  line: JsonObject,
  kind: Kind
): line is JsonObject & EventOf<Kind> {
  return line.event === kind && isComplete(line, NEEDS[kind]);
}

/** The kind of an event that this version knows and that can be read, else undefined. */
export function kindOf(line: JsonObject): EventKind | undefined {
  const kind = line.event;
  return typeof kind === 'string' && isKnown(kind) && isComplete(line, NEEDS[kind])
    ? kind
    : undefined;
}

function isKnown(kind: string): kind is EventKind {
  return Object.hasOwn(NEEDS, kind);
}

function isComplete(line: JsonObject, needs: Needs): boolean {
  for (const field in needs) {
    if (typeof line[field] !== needs[field]) {
      return false;
    }
  }
  return true;
}
