/**
 * Scripts that repeat runs. Pure: data in, text out.
 */

export { exportScript } from './export.js';
export type { IExportOptions, IExportedScript } from './export.js';
export { ExportError } from './history.js';
export type { IReasoned, ISlice } from './slice.js';
export { MetricCells } from './metriccells.js';
