/**
 * The comparison of runs: in what they differ, and what that means in a sentence.
 *
 * #### Notes
 * What was not recorded is never taken for the same, nor for different.
 */
export { alignCells, type ICellPair } from './compare/cells.js';
export { differenceOf, type Change, type IDifference, type Unknown } from './compare/changes.js';
export { agree, type Agreement, type Entry } from './compare/entries.js';
export {
  materialOf,
  type IExecuted,
  type IMaterial,
  type IMaterialOptions
} from './compare/material.js';
export { sectionsOf, type IRow, type ISection, type SectionName } from './compare/sections.js';
export { sentenceOf, textOf, type ISentence, type ITranslate } from './compare/sentence.js';
