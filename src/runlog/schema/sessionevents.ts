import { z } from 'zod';
import { Duration, Execution, Id, Process, Sha256, Size, Time, Writer } from './values.js';

/** A line of a session log: unknown fields are kept. */
export function event<Kind extends string, Shape extends z.core.$ZodLooseShape>(
  kind: Kind,
  shape: Shape
) {
  return z
    .looseObject({ event: z.literal(kind), time: Time, ...shape })
    .meta({ id: `event.${kind}` });
}

/** The format this version writes. */
export const FORMAT = 1;

const Format = z.int().min(FORMAT);
const Packages = z.record(z.string(), z.string());

/** What a stream of random numbers was like before and after an execution. */
const Digests = z.looseObject({ before: Sha256.nullable(), after: Sha256.nullable() });

/**
 * What a variable is after an execution. A fingerprint is equal, in any process, for equal values;
 * `seen` says how much of the value it stands for.
 */
const Value = z.looseObject({
  type: z.string(),
  size: Size.nullish(),
  shape: z.array(z.int().nonnegative()).nullish(),
  dtype: z.string().nullish(),
  fingerprint: z.string().nullish(),
  seen: z.enum(['exact', 'sampled', 'skipped', 'opaque']).or(z.string()),
  preview: z.string().nullish(),
  declared: z.string().nullish()
});
const Values = z.record(z.string(), Value);

/** What happens to a session as a whole, by the event's name. */
export const sessionEvents = {
  session: event('session', {
    format: Format,
    session: Id,
    notebook: z.looseObject({ path: z.string(), name: z.string() }),
    kernel: z.looseObject({
      language: z.string(),
      version: z.string(),
      implementation: z.string().optional()
    }),
    process: Process,
    user: z.string().nullish(),
    writer: Writer,
    cwd: z.string().nullish()
  }),
  editor: event('editor', {
    format: Format,
    editor: Id,
    user: z.string().nullish(),
    writer: Writer,
    process: Process.optional()
  }),
  environment: event('environment', {
    python: z.string().optional(),
    node: z.string().optional(),
    executable: z.string().nullish(),
    platform: z.string().nullish(),
    packages: Sha256.nullish(),
    variables: z.record(z.string(), z.string().nullable()).optional(),
    time_zone: z.string().nullish(),
    locale: z.string().nullish(),
    cpu: z.looseObject({ model: z.string().nullish(), count: z.int().nullish() }).nullish(),
    memory: Size.nullish(),
    gpus: z
      .array(
        z.looseObject({
          name: z.string(),
          driver: z.string().nullish(),
          memory: Size.nullish()
        })
      )
      .nullish(),
    cuda: z.string().nullish(),
    conda: z.string().nullish(),
    venv: z.string().nullish(),
    threads: z.record(z.string(), z.int().nullable()).nullish(),
    tslab: z.looseObject({ version: z.string().nullish(), path: z.string().nullish() }).nullish()
  }),
  imports: event('imports', { n: Execution, packages: Packages, needs: Sha256.nullish() }),
  modules: event('modules', {
    n: Execution,
    modules: z.record(
      z.string(),
      z.looseObject({ path: z.string(), sha256: Sha256.nullish(), kept: z.boolean().nullish() })
    )
  }),
  cell_start: event('cell_start', {
    n: Execution,
    cell: z.string().nullish(),
    count: z.int().nullish(),
    source: z.string().optional(),
    source_blob: Sha256.optional(),
    sha256: Sha256,
    parent: Execution.nullish(),
    transformed: z.string().nullish()
  }),
  compiled: event('compiled', {
    n: Execution,
    language: z.string(),
    source: z.string().optional(),
    source_blob: Sha256.optional(),
    sha256: Sha256,
    async: z.boolean().optional(),
    duration: Duration.nullish()
  }),
  cell_end: event('cell_end', {
    n: Execution,
    count: z.int().nullish(),
    status: z.string(),
    duration: Duration,
    error: z
      .looseObject({
        type: z.string(),
        message: z.string(),
        line: z.int().nullish(),
        unparsable: z.boolean().optional()
      })
      .nullish(),
    cpu_seconds: Duration.nullish(),
    gpu_seconds: Duration.nullish(),
    peak_memory: Size.nullish()
  }),
  variables: event('variables', {
    n: Execution,
    reads: z.array(z.string()).optional(),
    bound: Values.optional(),
    changed: Values.optional(),
    deleted: z.array(z.string()).optional(),
    shared: z.array(z.array(z.string())).optional(),
    hidden: z
      .looseObject({
        reads: z.array(z.string()).optional(),
        writes: z.array(z.string()).optional()
      })
      .optional(),
    unknown: z.array(z.string()).optional(),
    concurrent: z.boolean().optional()
  }),
  outputs: event('outputs', {
    n: Execution,
    rules: z.int().min(1).optional(),
    streams: z
      .record(z.string(), z.looseObject({ size: Size.nullish(), sha256: Sha256.nullish() }))
      .optional(),
    displays: z.array(z.looseObject({ mimes: z.record(z.string(), Sha256) })).optional()
  }),
  random: event('random', {
    n: Execution,
    streams: z.record(z.string(), Digests),
    generators: z.record(z.string(), Digests).optional(),
    concurrent: z.boolean().optional()
  }),
  random_state: event('random_state', {
    n: Execution,
    stream: z.string(),
    at: z.string(),
    state: Sha256
  }),
  entropy: event('entropy', { n: Execution, values: z.array(z.string().regex(/^[0-9a-f]+$/)) }),
  notebook: event('notebook', { session: Id, path: z.string(), outline: Sha256.nullish() }),
  rename_notebook: event('rename_notebook', {
    session: Id.optional(),
    from: z.string(),
    to: z.string()
  }),
  warning: event('warning', { message: z.string(), n: Execution.nullish() }),
  session_end: event('session_end', { reason: z.string().nullish() })
};
