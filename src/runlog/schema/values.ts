import { z } from 'zod';

/** A time: ISO 8601 in UTC with microseconds. */
export const Time = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/)
  .meta({ id: 'Time', description: 'ISO 8601 in UTC with microseconds' });

/** The id of a session, an editor or a run: UTC date, time and milliseconds, four random characters. */
export const Id = z
  .string()
  .regex(/^\d{8}-\d{9}-[0-9a-z]{4}$/)
  .meta({ id: 'Id', description: 'Id of a session, an editor or a run; ids sort by time' });

/** The lower-case hex sha256 of some content. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .meta({ id: 'Sha256', description: 'Lower-case hex sha256' });

/** A number as it is written: the ones JSON does not know are strings. */
export const WrittenNumber = z
  .union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity'])])
  .meta({ id: 'Number', description: 'A number; the non-finite ones are strings' });

/** The sequence number of an execution within its session, from 1; 0 is before the first. */
export const Execution = z.int().nonnegative();

/** Seconds. */
export const Duration = z.number().nonnegative();

/** Bytes. */
export const Size = z.int().nonnegative();

/** Which process writes a log. `started` and `boot` are only ever compared for equality. */
export const Process = z
  .looseObject({ pid: z.int(), started: z.string(), host: z.string(), boot: z.string() })
  .meta({ id: 'Process', description: 'Which process writes; tells whether it still lives' });

export const Writer = z.looseObject({ name: z.string(), version: z.string() });

/** Any JSON value. */
export const Json = z.unknown();

/** The fields that are named, without the door that a loose object leaves open for others. */
export type Known<T> = {
  [Field in keyof T as string extends Field ? never : Field]: T[Field];
};

export type Process = Known<z.infer<typeof Process>>;
export type Writer = Known<z.infer<typeof Writer>>;
