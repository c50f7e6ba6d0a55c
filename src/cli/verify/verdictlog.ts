/**
 * Keeps a verdict with its run: one event in a log of its own, as everybody writes who is no kernel.
 */

import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { verdictEvent, type IVerdict } from '../../reproduce/index.js';
import { version } from '../version.js';

/** Writes the verdict on a run into the folder of its notebook. */
export function keepVerdict(
  folder: string,
  run: string,
  verdict: IVerdict,
  environment: string
): void {
  const time = new Date().toISOString().replace('Z', '000Z');
  const id = newId(time);
  const lines = [
    {
      event: 'editor',
      time,
      format: 1,
      editor: id,
      user: userName(),
      writer: { name: 'backtrail', version: version() }
    },
    {
      event: 'verify',
      time,
      run,
      ...verdictEvent(verdict, environment)
    }
  ];
  const text = lines.map(line => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(join(folder, 'sessions', `${id}.jsonl`), text, { flag: 'wx' });
}

/** A new id of the form that docs/run-log.md gives. */
function newId(time: string): string {
  const digits = time.replace(/\D/g, '');
  const letters = '0123456789abcdefghijklmnopqrstuvwxyz';
  const random = [...randomBytes(4)].map(byte => letters[byte % letters.length]).join('');
  return `${digits.slice(0, 8)}-${digits.slice(8, 17)}-${random}`;
}

function userName(): string | null {
  try {
    return userInfo().username;
  } catch {
    return null;
  }
}
