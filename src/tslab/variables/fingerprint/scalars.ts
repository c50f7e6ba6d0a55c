/** The canonical texts of values that have no parts. Different types have different ones. */

/** The text of a value that is no object; undefined for a symbol of the notebook's own. */
export function scalar(value: unknown): string | undefined {
  switch (typeof value) {
    case 'number':
      return `n${Object.is(value, -0) ? '-0' : value};`;
    case 'string':
      return `s${value.length}:${value};`;
    case 'boolean':
      return value ? 'T;' : 'F;';
    case 'bigint':
      return `i${value};`;
    case 'undefined':
      return 'u;';
    case 'symbol': {
      // Every process has these, and no process another's.
      const key = Symbol.keyFor(value);
      return key === undefined ? undefined : `y${key.length}:${key};`;
    }
    default:
      return value === null ? 'z;' : undefined;
  }
}
