/** What the kernel makes of cells, made by its own compiler. */
import { createRequire } from 'node:module';
import { type ICompiler, useCompiler } from '../../src/tslab/syntax/compiler.js';

interface IConverted {
  output: string;
  declOutput: string;
  diagnostics: unknown[];
}

interface IConverter {
  convert: (before: string, source: string) => IConverted;
}

interface ITslab {
  createConverter: (options: { isJS: boolean; isBrowser: boolean }) => IConverter;
}

const require = createRequire(import.meta.url);
const { createConverter } = require('tslab/dist/converter.js') as ITslab;

useCompiler(require('@tslab/typescript-for-tslab') as ICompiler);

let converter: IConverter | undefined;
const known = new Map<string, IConverted>();

/** The JavaScript of cells that are executed one after another. */
export function compile(...sources: string[]): string[] {
  converter ??= createConverter({ isJS: false, isBrowser: false });
  const { convert } = converter;
  let before = '';
  return sources.map(source => {
    const key = JSON.stringify([before, source]);
    const found = known.get(key) ?? convert(before, source);
    known.set(key, found);
    if (found.diagnostics.length > 0) {
      throw new Error(JSON.stringify(found.diagnostics));
    }
    before = found.declOutput;
    return found.output;
  });
}
