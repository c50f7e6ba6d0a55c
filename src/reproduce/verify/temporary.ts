/**
 * Paths of temporary files and folders, which Python names anew each time.
 */

/** What `tempfile` makes where nobody gives a name of their own. */
const NAME = /(?<=^|[\\/'"])tmp[a-z0-9_]{8}(?![a-z0-9_])/g;

/** Previews are cut at this many characters, and then do not tell all of a value. */
const CUT = 80;

/** Whether two values, as they are shown, differ by the names of temporary files alone. */
export function sameButTemporary(one: string, other: string): boolean {
  const [then, now] = [one, other].map(text => text.replace(NAME, 'tmp'));
  return then === now && one !== other && Math.max(one.length, other.length) < CUT;
}

/** A path, without what stands before the last temporary name in it, and without that; undefined: there is none. */
export function insideTemporary(path: string): string | undefined {
  const last = [...path.matchAll(NAME)].at(-1);
  return last && path.slice(last.index + last[0].length);
}
