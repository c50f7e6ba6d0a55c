/**
 * Cells that are modules, which other cells import.
 */

/** The name of the module that a cell is, by the tag `@module` in its first comment. */
export function moduleOf(source: string): string | undefined {
  return /^\s*\/\*\*[^]*?@module\s+([\w./-]+)[^]*?\*\//.exec(source)?.[1];
}
