import { z } from 'zod';
import { editEvents, runEvents, verdictEvents } from './runevents.js';
import { sessionEvents } from './sessionevents.js';
import { type Known, Time } from './values.js';

/** The schema of every event that this version knows, by the event's name. */
export const events = { ...sessionEvents, ...runEvents, ...editEvents, ...verdictEvents };

type Events = typeof events;

/** The name of an event that this version knows. */
export type EventKind = keyof Events;

/** The name of an event that changes a run afterwards. */
export type EditKind = keyof typeof editEvents;

/** An event by its name, e.g. `EventOf<'param'>`. */
export type EventOf<Kind extends EventKind> = Known<z.infer<Events[Kind]>>;

/** Any event that this version knows. */
export type LogEvent = { [Kind in EventKind]: EventOf<Kind> }[EventKind];

/** An event of a later version: kept and ignored. */
export const UnknownEvent = z
  .looseObject({
    event: z
      .string()
      .refine(name => !Object.hasOwn(events, name), { error: 'is an event with fields of its own' })
      .meta({ not: { enum: Object.keys(events) } }),
    time: Time
  })
  .meta({ description: 'An event of a later version: kept and ignored' });

/** A line of a session log. */
export const SessionLogLine = z
  .union([...Object.values(events), UnknownEvent])
  .meta({ id: 'SessionLogLine', description: 'A line of sessions/<log-id>.jsonl' });
