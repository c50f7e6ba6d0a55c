/**
 * What the kernel made of the cells: JavaScript, as the log has it.
 */

import { isEvent, type JsonObject } from '../../../runlog/index.js';

/** The JavaScript of one execution. */
export interface ICompiledCell {
  /** Without the compiler's own functions, and without what only marks a module. */
  readonly code: string;
  /** Whether it awaits at its top level. */
  readonly isAsync: boolean;
  /** The compiler's own functions that it uses, by their names. */
  readonly functions: ReadonlyMap<string, string>;
}

/** A function that the compiler puts before the code which uses it, such as `__importStar`. */
const OWN = /^var (__\w+) = \(this && this\.\1\) \|\| [^]*?\n(?:\}\)\)|\}\)|\});\n/;

const MARK = 'Object.defineProperty(exports, "__esModule", { value: true });';

/**
 * Reads what was made of some executions.
 *
 * @param events - the events of the session's log
 * @param blob - the text of a blob by its hash, or undefined where it is missing
 * @returns by the number of the execution; one whose text is missing is not among them
 */
export async function readCompiled(
  events: ReadonlyArray<JsonObject>,
  blob: (sha256: string) => Promise<string | undefined>
): Promise<ReadonlyMap<number, ICompiledCell>> {
  const found = new Map<number, ICompiledCell>();
  for (const event of events) {
    if (isEvent(event, 'compiled')) {
      const text = event.source ?? (event.source_blob ? await blob(event.source_blob) : undefined);
      if (text !== undefined) {
        found.set(event.n, takenApart(text, event.async === true));
      }
    }
  }
  return found;
}

/** Whether nothing was made of a cell: it declares types alone. */
export function isNothing(code: string): boolean {
  return code.replace(MARK, '').trim() === '';
}

function takenApart(text: string, isAsync: boolean): ICompiledCell {
  const functions = new Map<string, string>();
  let code = text.replaceAll('\r\n', '\n');
  for (let own = OWN.exec(code); own; own = OWN.exec(code)) {
    functions.set(own[1], own[0].trimEnd());
    code = code.slice(own[0].length);
  }
  return { code: code.replace(MARK, '').trim(), isAsync, functions };
}
