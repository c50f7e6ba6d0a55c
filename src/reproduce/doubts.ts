/**
 * Why an execution is kept although nothing says that it is needed, and why one is not.
 */

import type { IEffects } from './effects.js';
import type { IExecution } from './execution.js';
import { isImportOnly, makesFolders, removesFiles, runsPrograms } from './sources.js';

/** What is known of the session. */
export interface IDoubtOptions {
  /** Whether files are used from there on. */
  readonly usesFiles: boolean;
  /** The names that any execution reads. */
  readonly readSomewhere: ReadonlySet<string>;
}

/** Why it is better kept, phrases. */
export function doubtsOf(
  { source = '', status }: IExecution,
  effects: IEffects,
  known: IDoubtOptions
): string[] {
  const reasons: string[] = [];
  const { bound, changed, unknown, concurrent } = effects;
  if (status === undefined) {
    reasons.push('had not ended when the record ends: not known what it did');
  } else if (!effects.known && mayChange(source)) {
    reasons.push('not known what it reads and changes');
  }
  for (const why of unknown) {
    if (!/^failed/.test(why) || bound.size || changed.size) {
      if (!/star import/.test(why)) {
        reasons.push(`not known what it reads and changes: ${why}`);
      }
    }
  }
  if (concurrent && (bound.size || changed.size)) {
    reasons.push('ran beside another cell: not known which of them changed what');
  }
  if (known.usesFiles && makesFolders(source)) {
    reasons.push('makes folders, which files further on may need');
  }
  if (known.usesFiles && removesFiles(source)) {
    reasons.push('takes files away, which may show further on');
  }
  if (known.usesFiles && runsPrograms(source)) {
    reasons.push('runs a program, which may write more files than were seen');
  }
  if (effects.imported && importedForItself(source, effects, known.readSomewhere)) {
    reasons.push('imports what nothing reads: it may be there for what the import does');
  }
  return reasons;
}

/** Whether it may have read any name. */
export function mayReadAnything({ source = '', status }: IExecution, effects: IEffects): boolean {
  // A star import and a failure bind what is seen.
  const blind = [...effects.unknown].some(why => !/star import|^failed|thread|task/i.test(why));
  return blind || status === undefined || (!effects.known && mayChange(source));
}

/** Why nothing needs it, a phrase. */
export function whyNot({ source = '' }: IExecution, effects: IEffects | undefined): string {
  const { bound, changed, filesWritten, streams } = effects ?? {};
  const given = [...(bound ?? []), ...(changed ?? [])]
    .filter(name => !/^_+\d*$/.test(name))
    .map(name => `\`${name}\``);
  if (given.length) {
    return `nothing kept reads its ${listed([...new Set(given)])}`;
  }
  if (filesWritten?.length) {
    return `nothing kept reads ${listed([...new Set(filesWritten.map(({ path }) => path))])}`;
  }
  if (streams?.size) {
    return 'only draws random numbers: the script puts back the states after it';
  }
  return source.trim() === '' ? 'is empty' : 'changes nothing';
}

/** Names for a sentence, the first of many. */
export function listed(names: ReadonlyArray<string>): string {
  const shown = names.slice(0, 4);
  const more = names.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function importedForItself(
  source: string,
  { bound }: IEffects,
  readSomewhere: ReadonlySet<string>
): boolean {
  return isImportOnly(source) && ![...bound].some(name => readSomewhere.has(name));
}

/** Whether a cell of which the log says nothing may have done something; magics that only show do not. */
function mayChange(source: string): boolean {
  return source
    .split('\n')
    .some(line => !/^\s*(?:#.*|%(?:matplotlib|config|load_ext|who\w*|pinfo\d?)\b.*|)$/.test(line));
}
