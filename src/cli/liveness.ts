/**
 * Whether the process that writes a log still lives.
 *
 * #### Notes
 * The identity is the one that the trackers write (docs/run-log.md); it is read here as they read it.
 */

import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { execFileSync } from 'node:child_process';
import type { Process } from '../runlog/index.js';

/** Whether a process lives; undefined where this machine cannot tell. */
export function alive(writer: Process): boolean | undefined {
  const { pid, started, host, boot } = writer;
  if (!Number.isInteger(pid) || pid <= 0 || !started || host !== hostname()) {
    return undefined;
  }
  try {
    if ((boot ?? '') !== bootOf()) {
      return false;
    }
    const namespace = 'namespace' in writer ? writer.namespace : undefined;
    if (namespace !== undefined && namespace !== readlinkSync('/proc/self/ns/pid')) {
      return undefined;
    }
    const now = startOf(pid);
    return now === undefined ? undefined : now === started;
  } catch {
    return undefined;
  }
}

/** When a process began, '' when there is none, undefined where it cannot be told. */
function startOf(pid: number): string | undefined {
  if (process.platform === 'linux') {
    return startOnLinux(pid);
  }
  if (process.platform === 'win32') {
    return undefined;
  }
  const [state = 'Z', ...start] = output('ps', '-o', 'stat=,lstart=', '-p', String(pid))
    .trim()
    .split(/\s+/);
  return state === '' || state.startsWith('Z') ? '' : start.join(' ');
}

function startOnLinux(pid: number): string {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch (error) {
    // A mount of /proc with hidepid hides the processes of others, which is not the same as gone.
    if (exists(pid)) {
      throw error;
    }
    return '';
  }
  // The name in parentheses may hold spaces and parentheses itself: count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '');
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

let boot: string | undefined;

function bootOf(): string {
  boot ??= readBoot();
  return boot;
}

function readBoot(): string {
  try {
    return process.platform === 'linux'
      ? readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()
      : process.platform === 'darwin'
        ? output('sysctl', '-n', 'kern.bootsessionuuid').trim()
        : '';
  } catch {
    return '';
  }
}

function output(command: string, ...words: string[]): string {
  // One time zone and one language, because the text is compared. `ps` fails where there is no process.
  try {
    return execFileSync(command, words, {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 5000
    });
  } catch (error) {
    if ((error as { status?: number | null }).status === 1) {
      return '';
    }
    throw error;
  }
}
