/**
 * The versions of what packages need, which a package.json names beside those that code asks for: so npm
 * builds the tree that was, and not the newest that would do.
 */

import {
  askedBy,
  isLocal,
  namesOn,
  neededBy,
  type Needs,
  type Places
} from '../../../runlog/index.js';

/** As npm reads them: a version by name, or what is another one inside of a package. */
export interface IOverrides {
  [name: string]: string | IOverrides;
}

/**
 * The overrides for what some packages need; none where the record does not tell what they need.
 *
 * @param wanted - the packages that code asks for, which have their versions anyway
 */
export function overridesOf(
  wanted: ReadonlyArray<string>,
  installed: Places,
  needs: Needs
): IOverrides {
  const found: IOverrides = {};
  // What is inside comes behind what it is in.
  for (const place of inTurn(wanted, installed, needs)) {
    const names = namesOn(place);
    const version = installed[place];
    const isAsked = names.length === 1 && wanted.includes(place);
    if (version !== undefined && !isAsked && !isLocal(version)) {
      put(found, names, askedBy(version));
    }
  }
  return found;
}

/** Sentences for packages that are no more than folders or files of the user's. */
export function localIn(wanted: ReadonlyArray<string>, installed: Places, needs: Needs): string[] {
  return inTurn(wanted, installed, needs)
    .filter(place => isLocal(installed[place] ?? ''))
    .map(place => {
      const path = askedBy(installed[place]).slice('file:'.length);
      return `The package ${place} is what lies at ${path} from the notebook's folder, and no registry has it.`;
    });
}

function inTurn(wanted: ReadonlyArray<string>, installed: Places, needs: Needs): string[] {
  const known = wanted.filter(one => installed[one] !== undefined);
  return neededBy(known, needs) ?? known;
}

function put(into: IOverrides, [name, ...inner]: string[], version: string): void {
  const found = into[name];
  if (inner.length === 0) {
    into[name] = typeof found === 'object' ? { '.': version, ...found } : version;
  } else {
    const around = typeof found === 'object' ? found : found === undefined ? {} : { '.': found };
    into[name] = around;
    put(around, inner, version);
  }
}
