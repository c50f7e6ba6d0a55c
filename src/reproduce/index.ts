/**
 * Scripts that repeat runs. Pure: data in, text out.
 */

export { exportScript, notes, select, writeScript } from './export.js';
export type { IExportOptions, IExportedScript, ISelection } from './export.js';
export { ExportError } from './history.js';
export type { IReasoned, ISlice } from './slice.js';
export { MetricCells } from './metriccells.js';
export type { IChangedFile } from './verify/causes.js';
export { type IPlayed, readPlayed } from './verify/played.js';
export { type IJudgeOptions, type IVerdict, judge } from './verify/verdict.js';
export { notebookOf } from './notebook.js';
export { crateFiles, crateMetadata, type ICrateFile } from './rocrate.js';
