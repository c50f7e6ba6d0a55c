/**
 * What the sources of TypeScript cells declare and name, beside what was seen when they ran: types leave
 * no trace at run time, and the compiler refuses a cell that names what no cell before it declares.
 */

import { isEvent, type JsonObject } from '../runlog/index.js';
import type { IEffects } from './effects.js';
import type { IExecution } from './execution.js';
import { isNothing } from './script/typescript/compiled.js';
import { moduleOf } from './script/typescript/modulecell.js';

/** What one source declares at its top, and which words are in it. */
export interface IDeclared {
  readonly names: ReadonlySet<string>;
  readonly words: ReadonlySet<string>;
}

const TEXT = /\/\*[^]*?\*\/|\/\/.*$|'(?:\\[^]|[^'\\\n])*'|"(?:\\[^]|[^"\\\n])*"/gm;

const DECLARATION =
  /\b(?:interface|type|enum|class|namespace|module|function\s*\*?|const\s+enum|const|let|var)\s+([A-Za-z_$][\w$]*)/g;

/**
 * Adds to the effects of executions what their sources declare and name.
 *
 * #### Notes
 * A word that some other cell declares counts as read wherever it stands, except behind a point. A word
 * too many keeps a cell too many, which does no harm.
 */
export function withDeclared(
  effects: ReadonlyMap<number, IEffects>,
  executions: ReadonlyArray<IExecution>,
  events: ReadonlyArray<JsonObject>
): ReadonlyMap<number, IEffects> {
  const empty = new Set<number>();
  for (const event of events) {
    if (isEvent(event, 'compiled') && event.source !== undefined && isNothing(event.source)) {
      empty.add(event.n);
    }
  }
  const found = new Map(effects);
  const declared = new Set<string>();
  for (const { n, source = '', error } of executions) {
    const one = effects.get(n);
    if (one === undefined || error?.unparsable) {
      continue;
    }
    const { names, words } = declaredIn(source);
    const module = moduleOf(source);
    const bound = new Set([...one.bound, ...names, ...(module ? [`./${module}`] : [])]);
    const reads = new Set(one.reads);
    for (const word of words) {
      if (declared.has(word) && !names.has(word)) {
        reads.add(word);
      }
    }
    bound.forEach(name => declared.add(name));
    const known = one.known || empty.has(n) || module !== undefined;
    found.set(n, { ...one, bound, reads, known });
  }
  return found;
}

/** Reads a source. Pure. */
export function declaredIn(source: string): IDeclared {
  const modules = [
    ...source.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"](\.[^'"\n]*)['"]/g)
  ];
  const code = source.replace(TEXT, text => (/^["']/.test(text) ? "''" : ' '));
  const names = new Set(topmost(code).flatMap(part => declarationsIn(part)));
  const words = new Set(
    [...code.matchAll(/(?<!(?<!\.\.)\.)[A-Za-z_$][\w$]*/g)].map(([word]) => word)
  );
  modules.forEach(([, name]) => words.add(name));
  return { names, words };
}

/** A name that a pattern such as `{ a, b: c = 1, ...rest }` gives a value. */
const PATTERN_NAME = /(?:^|[,{[:]|\.\.\.)\s*([A-Za-z_$][\w$]*)\s*(?=[,}\]=]|$)/g;

/** What stands from a bracket to the one that closes it. */
function bracketed(code: string): string {
  let depth = 0;
  for (let at = 0; at < code.length; at++) {
    depth += Number(/[[{(]/.test(code[at])) - Number(/[\]})]/.test(code[at]));
    if (depth === 0) {
      return code.slice(0, at + 1);
    }
  }
  return '';
}

function declarationsIn(code: string): string[] {
  const names = [...code.matchAll(DECLARATION)].map(([, name]) => name);
  for (const { 0: head, index } of code.matchAll(/\b(?:const|let|var)\s*(?=[[{])/g)) {
    const pattern = bracketed(code.slice(index + head.length));
    names.push(...[...pattern.matchAll(PATTERN_NAME)].map(([, name]) => name));
  }
  for (const [, list] of code.matchAll(/\bimport\b([^;'"]*?)\bfrom\b/g)) {
    const ends = list
      .replace(/\btype\b/g, ' ')
      .matchAll(/(?:\bas\s+)?([A-Za-z_$][\w$]*)\s*(?=[,}]|$)/g);
    names.push(...[...ends].map(([, name]) => name));
  }
  return names;
}

/** The parts of code that are in no block: bodies of functions, loops and classes are taken out. */
function topmost(code: string): string[] {
  let depth = 0;
  let text = '';
  const starts: boolean[] = [];
  for (let at = 0; at < code.length; at++) {
    const character = code[at];
    if (character === '{') {
      // Braces of an import or of a pattern are no block.
      const isBlock = !/(?:\bimport(?:\s+type)?|\b(?:const|let|var)|\bimport\s+\w+\s*,)\s*$/.test(
        code.slice(Math.max(0, at - 80), at)
      );
      starts.push(isBlock);
      depth += Number(isBlock);
      text += isBlock ? ' ' : character;
    } else if (character === '}') {
      const wasBlock = starts.pop() ?? false;
      depth -= Number(wasBlock);
      text += wasBlock ? ' ' : character;
    } else if (depth === 0) {
      text += character;
    }
  }
  return [text];
}
