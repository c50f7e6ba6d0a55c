/** Functions and classes by their texts, and what those that cells defined use when they are called. */
import { types } from 'node:util';
import { functionText } from '../../intrinsics.js';
import { className } from '../../looking.js';

const NATIVE = /\{\s*\[native code\]\s*\}\s*$/;
const MOST_TEXTS = 20_000;

/** What is known of a function. */
export interface IFunctionLook {
  readonly text: string;
  readonly isClass: boolean;
  /** Whether all of it is told by its text: it can hold no state that is out of sight. */
  readonly isTold: boolean;
}

/** The functions that the cells of one session defined. */
export class Functions {
  /** A cell defines functions with these texts, none of them within another function. */
  define(texts: Iterable<string>): void {
    for (const text of texts) {
      if (this._texts.size < MOST_TEXTS) {
        this._texts.add(text);
      }
    }
  }

  /** A function, a class, or an object with functions uses these names when it is called. */
  uses(value: unknown, names: ReadonlySet<string>): void {
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
      this._uses.set(value, names);
    }
  }

  /** The names that a value uses when it is called, itself or as an object of its class. */
  usedBy(value: object): ReadonlySet<string> | undefined {
    return this._uses.get(value);
  }

  /** Looks at a function. */
  look(value: object): IFunctionLook {
    const text = types.isProxy(value) ? '' : functionText(value);
    const isClass = text.startsWith('class');
    if (NATIVE.test(text)) {
      // Told by its name, but for one that was bound to something.
      const name = className({ constructor: value });
      return { text: `native ${name}`, isClass: false, isTold: !name.startsWith('bound ') };
    }
    // What another function made may keep state where nobody sees it.
    const isTold = this._texts.has(text) && !(isClass && /[\s{;]#\w/.test(text));
    return { text, isClass, isTold };
  }

  private readonly _texts = new Set<string>();
  private readonly _uses = new WeakMap<object, ReadonlySet<string>>();
}
