/**
 * Why a replay came to something else: the likeliest cause, told from what is known of both sides.
 */

import { isObject } from '../../runlog/index.js';
import { cause, type ICause, type ICircumstances } from './cause.js';
import {
  alteredCause,
  changedEnvironment,
  changedFile,
  changedPackage,
  variedCause
} from './changes.js';
import type { IDifference } from './compare.js';
import { ofCrypto, ofSeed, ofStreams } from './draws.js';
import { mayBeTime } from './fresh.js';
import { ofSource, ofSystem } from './sources.js';
import {
  asksInput,
  asksSystem,
  drawsFromCrypto,
  holdsDates,
  readsClock,
  usesOrder
} from './traits.js';

/** The likeliest cause of the first difference. */
export function causeOf(
  { at, kind, name, recorded, replayed }: IDifference,
  known: ICircumstances
): ICause {
  const cell = known.recorded.cells[at];
  if (
    kind === 'error' &&
    /^(?:EOF|StdinNotImplemented)Error/.test(replayed) &&
    asksInput(cell.source)
  ) {
    return ofInput;
  }
  if (cell.status === 'interrupted') {
    const telling = alteredCause(cell, known) ?? changedFile(at, known);
    return telling ?? ofInterrupt(known.label(cell.n));
  }
  if (known.nondeterministic) {
    const dated = kind === 'file' ? ofDates(name) : undefined;
    return (
      ofSeed(at, known) ?? ofStreams(at, known) ?? dated ?? ofNondeterminism(at, recorded, known)
    );
  }
  return (
    alteredCause(cell, known) ??
    changedFile(at, known) ??
    changedPackage(known) ??
    (kind === 'file' ? ofDates(name) : undefined) ??
    variedCause(known) ??
    ofStreams(at, known) ??
    changedEnvironment(cell, known) ??
    ofRecord(at, known)
  );
}

function ofRecord(at: number, known: ICircumstances): ICause {
  const { recorded, gaps } = known;
  const cell = recorded.cells[at];
  const { variables } = recorded.environment;
  if (isObject(variables) && variables.PYTHONHASHSEED === null && usesOrder(cell.source)) {
    return cause(
      'hash seed',
      'The kernel had no PYTHONHASHSEED, so the order of its sets is not known.'
    );
  }
  const likely = asksInput(cell.source) ? ofInput : (ofSource(cell) ?? ofCrypto(at, known));
  const gap = gaps[0] ?? 'Something that the cell depends on is not in the record.';
  return likely ?? cause('not captured', gap);
}

/** Two replays within a second or two write the same, so that this comes before what was varied. */
function ofDates(file: string): ICause | undefined {
  return holdsDates(file)
    ? cause('clock', `A file like ${file} has the time in it at which it was written.`)
    : undefined;
}

function ofNondeterminism(at: number, value: string, known: ICircumstances): ICause {
  const cell = known.recorded.cells[at];
  const isTimed = mayBeTime(value) && readsClock(cell.source);
  const made = asksSystem(cell.source) && !mayBeTime(value) ? ofSystem : undefined;
  return (
    (drawsFromCrypto(cell.source) && !isTimed ? ofCrypto(at, known) : undefined) ??
    made ??
    ofSource(cell) ??
    ofCrypto(at, known) ??
    cause('not captured', 'Each replay comes to something else, for a reason that is not known.')
  );
}

function ofInterrupt(cell: string): ICause {
  return cause(
    'not captured',
    `Cell ${cell} was interrupted, and how far it had come is another thing each time.`
  );
}

const ofInput = cause('not captured', 'The cell asks for input, and nobody answers a replay.');
