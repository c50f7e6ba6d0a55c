/** What the user has set: in the settings of the extension, or, which counts more, in the environment. */
import { patternsOf } from '../secrets/redactor.js';

const OFF = new Set(['off', '0', 'no', 'false']);

/** The options that come with attaching, by the names that the kernels of all languages know. */
export interface IOptions {
  readonly notebook?: string;
  readonly capture?: boolean;
  readonly directory?: string;
  readonly redact?: readonly string[];
  readonly keep_files_up_to?: number;
  readonly from_top?: boolean;
}

/** Reads options as they were sent. */
export function readOptions(text: string): IOptions {
  const found: unknown = JSON.parse(text);
  return typeof found === 'object' && found !== null ? found : {};
}

/** Whether capture is switched off for everything of this user or kernel. */
export function isSwitchedOff(): boolean {
  return OFF.has((process.env['BACKTRAIL'] ?? '').trim().toLowerCase());
}

/** The user's own patterns of what is withheld. */
export function ownPatterns({ redact }: IOptions): string[] {
  return patternsOf(redact, process.env['BACKTRAIL_REDACT']);
}
