/**
 * The run log: its types, its reader and its summary.
 *
 * #### Notes
 * Pure functions of data: no DOM, no Node, and no zod when it is loaded. The schemas themselves are
 * in `schema.ts`, for whoever wants to check a log rather than read it.
 */
export type {
  CellSummary,
  EditKind,
  EventKind,
  EventOf,
  LogEvent,
  MetricSummary,
  Process,
  RunSummary
} from './schema.js';
export { isId } from './ids.js';
export { isObject, type JsonObject } from './json.js';
export { isEvent } from './kinds.js';
export {
  FileIndex,
  type IFileUse,
  type IMaker,
  type IOrigin,
  type IReader,
  type RunWithFiles,
  type Use
} from './lineage.js';
export { type ILines, LineReader, readLines } from './lines.js';
export { type NonFinite, toNumber, writeNumber, type WrittenNumber } from './numbers.js';
export { type ILog, type IStamp, type IStampedEvent, mergeLogs, readLog } from './order.js';
export {
  askedBy,
  isLocal,
  namesOn,
  type Needs,
  neededBy,
  type Places,
  readNeeds,
  versionIn
} from './packages.js';
export { fieldOf, type IPoint, metricOf, readPoint, readPoints } from './points.js';
export { type Alive, isEmptyRun, NotebookSummary, summarize } from './summary.js';
export { OF_EXECUTIONS } from './summary/told.js';
export { isoTime, microseconds } from './times.js';
