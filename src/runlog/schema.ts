/**
 * The run log's format as zod schemas, and the types inferred from them.
 *
 * #### Notes
 * Importing a schema loads zod. What only needs the types imports them from `index.ts`, which loads
 * nothing.
 */
export * from './schema/values.js';
export * from './schema/events.js';
export * from './schema/metrics.js';
export * from './schema/summary.js';
export { FORMAT } from './schema/sessionevents.js';
