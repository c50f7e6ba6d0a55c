import type { IMaterial } from './material.js';

/** What the language is called among the facts of the environment. */
export const LANGUAGE = 'language';

const NAMES: Readonly<Record<string, string>> = {
  python: 'Python',
  typescript: 'TypeScript',
  javascript: 'JavaScript'
};

/** The language that the cells of a run are in; null where that is not known. */
export function languageOf({ run }: IMaterial): string | null {
  const language = run.kernel?.language;
  return language ? (NAMES[language] ?? language) : null;
}

/** Whether all cells are in one language, as far as that is known. */
export function isOneLanguage(materials: readonly IMaterial[]): boolean {
  return new Set(materials.flatMap(one => languageOf(one) ?? [])).size <= 1;
}

/** Whether all runs have their packages from the same place: those of Python and those of npm cannot be compared. */
export function hasOneKindOfPackages(materials: readonly IMaterial[]): boolean {
  const kinds = materials.flatMap(one => {
    const language = languageOf(one);
    return language === null ? [] : [language === 'Python'];
  });
  return new Set(kinds).size <= 1;
}
