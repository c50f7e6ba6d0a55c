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
