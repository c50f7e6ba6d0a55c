import { z } from 'zod';
import { event } from './sessionevents.js';
import { Duration, Execution, Id, Json, Sha256, Size } from './values.js';

const Cell = Execution.nullish();

/** A file of a run: where, which bytes, how many. A hash that is not known is absent or null. */
const file = { sha256: Sha256.nullish(), size: Size.nullish(), cell: Cell };

/** What is said of a file in place: how it was seen, what it is, and whether its content was kept. */
const seenFile = {
  ...file,
  how: z.string().nullish(),
  kind: z.enum(['file', 'directory', 'database', 'network']).or(z.string()).nullish(),
  kept: z.boolean().nullish(),
  skipped: z.string().nullish(),
  /** Of a directory, how many of its files were used. */
  files: Size.nullish()
};

/** The state that code under git was in: its commit, and what had been changed since. */
export const codeState = {
  commit: z.string().nullish(),
  branch: z.string().nullish(),
  remote: z.string().nullish(),
  dirty: z.boolean().nullish(),
  diff: Sha256.nullish(),
  root: z.string().nullish(),
  reason: z.string().nullish(),
  untracked: z.record(z.string(), Sha256.nullable()).optional(),
  left_out: z.int().positive().optional()
};

/** What the tracker records about a run, by the event's name. */
export const runEvents = {
  run_start: event('run_start', {
    run: Id,
    number: z.int().positive().nullish(),
    name: z.string().nullish(),
    experiment: z.string().nullish(),
    cell: Execution,
    opened: z.string().nullish(),
    parent: Id.nullish(),
    user: z.string().nullish()
  }),
  run_end: event('run_end', {
    run: Id,
    status: z.string(),
    cell: Cell,
    handed_over: Execution.optional()
  }),
  run_adopt: event('run_adopt', {
    run: Id,
    name: z.string().nullish(),
    experiment: z.string().nullish()
  }),
  code: event('code', { run: Id, ...codeState }),
  param: event('param', {
    run: Id,
    key: z.string(),
    value: Json,
    cell: Cell,
    origin: z.string().nullish()
  }),
  metric: event('metric', {
    run: Id,
    key: z.string(),
    origin: z.string().nullish(),
    exact: z.boolean().optional(),
    cell: Cell
  }),
  artifact: event('artifact', { run: Id, name: z.string(), path: z.string(), ...file }),
  output: event('output', {
    run: Id,
    path: z.string(),
    ...seenFile,
    /** Of what the file holds without the dates and ids in it, where it is of a kind that has them. */
    undated: Sha256.optional()
  }),
  input: event('input', { run: Id, path: z.string(), ...seenFile }),
  dataset: event('dataset', {
    run: Id,
    name: z.string(),
    version: z.string().nullish(),
    path: z.string().nullish(),
    rows: Size.nullish(),
    columns: Size.nullish(),
    classes: z.record(z.string(), Size).nullish(),
    splits: z.record(z.string(), Size).nullish(),
    source: z.string().nullish(),
    ...file
  }),
  usage: event('usage', {
    run: Id,
    cpu_seconds: Duration.nullish(),
    gpu_seconds: Duration.nullish(),
    peak_memory: Size.nullish()
  }),
  seed: event('seed', { run: Id, library: z.string(), value: Json, cell: Cell })
};

/** What anybody may change about a run afterwards, by the event's name. */
export const editEvents = {
  tag: event('tag', { run: Id, key: z.string(), value: Json }),
  note: event('note', { run: Id, text: z.string() }),
  rename: event('rename', { run: Id, name: z.string() }),
  experiment: event('experiment', { run: Id, name: z.string() }),
  archive: event('archive', { run: Id, archived: z.boolean() }),
  stage: event('stage', {
    run: Id,
    stage: z.string().nullable(),
    by: z.string().nullish(),
    reason: z.string().nullish(),
    path: z.string().nullish(),
    sha256: Sha256.nullish()
  })
};

/** What a verify found: the fields of the event, and of `verified` in a summary. */
export const verdictFields = {
  verdict: z.string().meta({
    examples: ['identical', 'within tolerance', 'nondeterministic', 'differs', 'could not run']
  }),
  says: z.string().nullish(),
  cell: Cell,
  first: z
    .looseObject({
      kind: z.string(),
      name: z.string(),
      recorded: z.string(),
      replayed: z.string()
    })
    .nullish(),
  cause: z.looseObject({ kind: z.string(), says: z.string() }).nullish(),
  compared: z.record(z.string(), z.int().nonnegative()).nullish(),
  cells: z.array(z.int().nonnegative()).nullish(),
  differs: z
    .array(
      z.looseObject({
        n: z.int().nonnegative(),
        kind: z.string(),
        name: z.string(),
        recorded: z.string(),
        replayed: z.string()
      })
    )
    .nullish(),
  metrics: z
    .array(z.looseObject({ name: z.string(), points: z.int().nonnegative(), same: z.boolean() }))
    .nullish(),
  tolerance: z.number().nonnegative().nullish(),
  replays: z.int().nonnegative().nullish(),
  environment: z.enum(['present', 'fresh']).or(z.string()).nullish()
};

/** What a comparison with a replay found; it may stand in any log. */
export const verdictEvents = {
  verify: event('verify', { run: Id, ...verdictFields })
};
