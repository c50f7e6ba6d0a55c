/**
 * The time zone and the language of a kernel, as variables that give them to another process.
 *
 * #### Notes
 * A kernel that has no such variable takes them from the system, and another machine has others.
 */

import type { RunSummary } from '../runlog/index.js';

const OF_LANGUAGE = ['LC_ALL', 'LC_MESSAGES', 'LANG'];

/** Code that may come to something else in another time zone, and code whose texts are of a language. */
const TIMES =
  /\b(?:Date|Intl|Temporal|dayjs|moment|luxon|datetime|time|calendar|zoneinfo)\b|date|[tT]ime/;
const TEXTS = /\btoLocale|\bIntl\b|\blocaleCompare\b/;

/** What is missing of the recorded variables for the same zone and language. Pure. */
export function zoneVariables({ environment, kernel }: RunSummary): Record<string, string> {
  const { time_zone: zone, locale, variables = {} } = environment ?? {};
  const isPython = (kernel?.language ?? 'python') === 'python';
  const set = OF_LANGUAGE.map(name => variables[name]).find(Boolean);
  return {
    ...(zone && !variables.TZ ? { TZ: zone } : {}),
    // Over all others that whoever repeats it may have set.
    ...(locale && !isPython ? { LC_ALL: set ?? localeVariable(locale) } : {})
  };
}

/** The variable that a script needs for the zone, if its sources may look at it. */
export function zoneOfScript(
  run: RunSummary,
  sources: ReadonlyArray<string>
): Record<string, string> {
  const { TZ } = zoneVariables(run);
  return TZ !== undefined && sources.some(source => TIMES.test(source)) ? { TZ } : {};
}

/** The language that texts of a script are in; undefined where it has none. */
export function languageOfScript(
  { environment }: RunSummary,
  sources: ReadonlyArray<string>
): string | undefined {
  const locale = environment?.locale ?? undefined;
  return sources.some(source => TEXTS.test(source)) ? locale : undefined;
}

/** The value of `LC_ALL` by which Node tells texts in a language: `C` for the one that it has without any. */
export function localeVariable(locale: string): string {
  const [tag] = locale.split('-u-');
  return tag === 'en-US' ? 'C' : `${tag.replaceAll('-', '_')}.UTF-8`;
}
