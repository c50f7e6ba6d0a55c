/** What stands in the objects of a namespace: all of it in the notebook's own, and in those of libraries a history. */
import { dataProperty } from '../looking.js';
import { attributes, isOfClass, items } from './numbers.js';
import { GENERIC } from './vocabulary.js';
import * as words from './words.js';

/** Gives what is in an object that has a name; undefined for what is none. */
export type Inside = (value: unknown) => Array<[string, unknown]> | undefined;

/** Looks into objects of the notebook's classes, which have these names. What libraries keep for themselves is theirs. */
export function insideOf(
  values: ReadonlyMap<string, unknown>,
  classes: ReadonlySet<string>
): Inside {
  let own: ReadonlySet<unknown> | undefined;
  return value => {
    if (!isOfClass(value)) {
      return items(value);
    }
    own ??= new Set([...classes].map(name => values.get(name)));
    const maker = dataProperty(value, 'constructor');
    const isOwn = typeof maker === 'function' && own.has(maker);
    return attributes(value).filter(([name]) => isOwn || GENERIC.has(words.normal(name)));
  };
}
