/** Who writes a log, so that a reader can tell whether the writer still lives; see docs/run-log.md. */
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from './disk.js';
import { hostname, userInfo } from 'node:os';
import type { Process } from '../runlog/index.js';

/** The identity of this process. */
export function identity(): Process & { namespace?: string } {
  const found = {
    pid: process.pid,
    started: attempt(started),
    host: hostname(),
    boot: attempt(boot)
  };
  const namespace = attempt(() =>
    process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''
  );
  return namespace ? { ...found, namespace } : found;
}

/** The name of the user, or null where the system does not tell. */
export function user(): string | null {
  return attempt(() => userInfo().username) || null;
}

function started(): string {
  if (process.platform === 'linux') {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    // The name in parentheses may hold spaces and parentheses itself: count from the last one.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  }
  if (process.platform === 'win32') {
    const ask = `(Get-Process -Id ${process.pid}).StartTime.ToFileTimeUtc()`;
    return output('powershell.exe', '-NoProfile', '-Command', ask);
  }
  return output('ps', '-o', 'lstart=', '-p', String(process.pid)).split(/\s+/).join(' ');
}

function boot(): string {
  if (process.platform === 'linux') {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'ascii').trim();
  }
  return process.platform === 'darwin' ? output('sysctl', '-n', 'kern.bootsessionuuid') : '';
}

function output(program: string, ...parameters: string[]): string {
  // One time zone and one language, because the text is compared.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  return execFileSync(program, parameters, { env, encoding: 'utf8', timeout: 5000 }).trim();
}

function attempt(find: () => string): string {
  try {
    return find();
  } catch {
    return '';
  }
}
