export { complete, vocabularyOf, type ICompletion, type IVocabulary } from './filter/complete.js';
export {
  coverage,
  type ICombination,
  type ICoverage,
  type ICoverageOptions,
  type ITriedKey
} from './coverage.js';
export { createDecision, type Decision, type HasCommit } from './filter/decide.js';
export { FilterError } from './filter/error.js';
export {
  createFilter,
  previousRuns,
  type Filter,
  type FilterFunction,
  type IFilterContext
} from './filter/evaluate.js';
export {
  fieldNames,
  nameReader,
  quoted,
  reader,
  splitKey,
  splitKeys,
  written,
  type FilteredRun
} from './filter/keys.js';
export { mentionedKeys } from './filter/mentioned.js';
export { groupRuns, type Aggregate, type IGroup, type IMeasure } from './group.js';
