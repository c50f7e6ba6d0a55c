/** What the kernel and its machine do at a moment, as the metrics of `system.jsonl`. */
import { cpus, freemem, totalmem } from 'node:os';
import { seconds, ticks } from '../clock.js';
import { readFileSync } from '../disk.js';

/** How long the machine's cores were busy, and how long they were there, since some moment. */
interface IMachine {
  readonly busy: number;
  readonly all: number;
}

const used = process.cpuUsage.bind(process);
const resident = process.memoryUsage.rss.bind(process.memoryUsage);

/** Measures from one call to the next. */
export class Load {
  /** From here on counts what is measured next. It costs a cell nothing that can be told; see {@link look}. */
  begin(): void {
    const { user, system } = used();
    this._cpu = user + system;
    this._time = ticks();
    this._machine = undefined;
  }

  /** From here on counts what the machine does. */
  look(): void {
    this._machine = machine();
  }

  /**
   * Metrics by name: processors in percent since the beginning or the last call, memory in bytes.
   *
   * #### Notes
   * `cpu` is that of the kernel without its child processes, 100 for one core; of `machine/cpu` all are 100.
   * That one is left out where nobody looked at the beginning, as ahead of a cell that awaits nothing.
   */
  measure(): Map<string, number> {
    const [cpu, time, before] = [this._cpu, this._time, this._machine];
    this.begin();
    this.look();
    const found = new Map<string, number>();
    const elapsed = seconds(time, this._time);
    if (elapsed > 0) {
      found.set('cpu', percent(Math.max(0, this._cpu - cpu) / 1e6 / elapsed));
    }
    const now = this._machine;
    if (before !== undefined && now !== undefined && now.all > before.all) {
      const share = (now.busy - before.busy) / (now.all - before.all);
      found.set('machine/cpu', percent(Math.min(1, Math.max(0, share))));
    }
    found.set('memory', resident());
    found.set('machine/memory', totalmem() - freemem());
    return found;
  }

  private _cpu = 0;
  private _machine: IMachine | undefined;
  private _time = NaN;
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10;
}

function machine(): IMachine | undefined {
  const times = process.platform === 'linux' ? ofLinux() : ofOthers();
  if (times === undefined) {
    return undefined;
  }
  const [idle, all] = times;
  return { busy: all - idle, all };
}

/** Node asks Linux for the speed of each core as well, which takes long where there are many. */
function ofLinux(): [idle: number, all: number] | undefined {
  try {
    const [line = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
    // user, nice, system, idle, iowait, irq, softirq, steal; guests are in the first two.
    const times = line.trim().split(/\s+/).slice(1, 9).map(Number);
    const all = times.reduce((sum, time) => sum + time, 0);
    return all > 0 ? [times[3] + times[4], all] : undefined;
  } catch {
    return undefined;
  }
}

function ofOthers(): [idle: number, all: number] | undefined {
  let [idle, all] = [0, 0];
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return all > 0 ? [idle, all] : undefined;
}
