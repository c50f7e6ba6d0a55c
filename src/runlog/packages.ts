/**
 * Packages of npm as a record has them.
 *
 * #### Notes
 * They are told by places: a name, or `d3-sankey/node_modules/d3-array` for the one that a package has for
 * itself. A version has behind a blank how it is asked for, where that is not by name and version:
 * `1.0.0 file:../mine`, `4.17.21 npm:lodash@4.17.21`, `1.0.0 git+https://…`.
 */

/** Versions by places. */
export type Places = Readonly<Record<string, string>>;
/** By places, the places of what is needed there. */
export type Needs = Readonly<Record<string, readonly string[]>>;

const INSIDE = '/node_modules/';

/** How a package is asked for, as a package.json has it. */
export function askedBy(version: string): string {
  return version.slice(version.indexOf(' ') + 1);
}

/** Its version alone. */
export function versionIn(version: string): string {
  return version.replace(/ .*/, '');
}

/** Whether it is a folder of the user's, or a file there, and in no registry. */
export function isLocal(version: string): boolean {
  return askedBy(version).startsWith('file:');
}

/** The names on the way to a place: those of the packages around it, and its own. */
export function namesOn(place: string): string[] {
  return place.split(INSIDE);
}

/**
 * Some places with all that is needed there in turn, sorted; undefined where the record does not tell it.
 */
export function neededBy(places: Iterable<string>, needs: Needs): string[] | undefined {
  const found = new Set(places);
  for (const place of found) {
    const more = Object.hasOwn(needs, place) ? needs[place] : undefined;
    if (more === undefined) {
      return undefined;
    }
    more.forEach(one => found.add(one));
  }
  return [...found].sort();
}

/** What needs what, out of the text of a blob that an event `imports` names; nothing where it is damaged. */
export function readNeeds(text: string | undefined): Needs {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    return Object.fromEntries(
      Object.entries(found ?? {}).flatMap(([place, needed]) =>
        Array.isArray(needed)
          ? [[place, needed.filter((one): one is string => typeof one === 'string')]]
          : []
      )
    );
  } catch {
    return {};
  }
}
