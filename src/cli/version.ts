/**
 * The version of this command line.
 */

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

declare const BACKTRAIL_VERSION: string | undefined;

/** The version: put in by the bundler, or else that of the package this file lies in. */
export function version(): string {
  if (typeof BACKTRAIL_VERSION === 'string') {
    return BACKTRAIL_VERSION;
  }
  const file = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'package.json');
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
