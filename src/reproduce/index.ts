/**
 * Scripts that repeat runs. Pure: data in, text out.
 */

export { exportScript, notes, select, writeScript } from './export.js';
export type { IExportOptions, IExportedScript, ISelection } from './export.js';
export { ExportError } from './history.js';
export type { IReasoned, ISlice } from './slice.js';
export { patchOf, type IPatch } from './patch.js';
export { type ILocalModule, localModules } from './localmodules.js';
export { MetricCells } from './metriccells.js';
export type { IDifference } from './verify/compare.js';
export { type IPlayed, readPlayed } from './verify/played.js';
export type { IScene } from './verify/scene.js';
export type { IChangedFile, IPlay, IPlayRequest, IStage } from './verify/stage.js';
export { type ICellVerdict, type IJudgeOptions, type IVerdict, judge } from './verify/verdict.js';
export {
  type IProgress,
  type IVerified,
  type IVerifyOptions,
  timeLimit,
  verify
} from './verify/verify.js';
export { type IVerdictEvent, verdictEvent } from './verify/event.js';
export { executedNotebook, type IExecutedOptions } from './executed.js';
export { notebookOf } from './notebook.js';
export { crateFiles, missingFiles, type ICrateFile } from './crate/files.js';
export { crateMetadata } from './crate/metadata.js';
