import { type JsonObject, textOrNull } from '../json.js';
import type { IStamp } from '../order.js';
import type { EventKind, RunSummary } from '../schema.js';
import { Files } from './files.js';
import { Latest, LatestByKey } from './latest.js';
import { MetricsRecord } from './metricsrecord.js';
import { withoutEnvelope } from './sessionrecord.js';
import { Told } from './told.js';

/** What the logs say of one run, read event by event. */
export class RunRecord {
  constructor(readonly id: string) {}

  /** The points of the run. */
  readonly metrics = new MetricsRecord();

  /** The log in which the run stands, or undefined as long as only edits named it. */
  get session(): string | undefined {
    return this._home?.log;
  }

  /** The `run_start` event, or an empty object when its line is damaged. */
  get start(): JsonObject {
    return this._start ?? {};
  }

  /** The time of `run_start`, or of the first event of the run that is left. */
  get started(): unknown {
    return this._first?.time;
  }

  /** The `run_end` event, if there is one. */
  get end(): JsonObject | undefined {
    return this._end.value;
  }

  /** Takes an event that names this run. Events of one log come in its order. */
  feed(kind: EventKind, line: JsonObject, stamp: IStamp): void {
    if (!this._edit(kind, line, stamp)) {
      this._settle(kind, line, stamp);
      this._told.note(kind, line, stamp);
      this._record(kind, line, stamp);
    }
  }

  /**
   * The fields of the summary that come from the run's own events.
   *
   * @param randomStates - whether the session kept states of random numbers.
   */
  fields(randomStates: boolean) {
    const seeds = this._seeds.values();
    const stages = this._stages.values();
    return {
      number: typeof this.start.number === 'number' ? this.start.number : null,
      name: this._name.value ?? null,
      experiment: this._experiment.value ?? null,
      parent: textOrNull(this.start.parent),
      opened: textOrNull(this.start.opened),
      params: Object.fromEntries(this._params.entries()),
      metrics: this.metrics.summary(),
      origins: {
        params: captured(this._paramOrigins.entries()),
        metrics: captured(this._metricOrigins.entries())
      },
      tags: Object.fromEntries(this._tags.entries().filter(([, value]) => value !== null)),
      note: this._note.value ?? null,
      archived: this._archived.value ?? false,
      // Entries are the events' own fields: what a later version adds to them goes through.
      seeds: seeds as RunSummary['seeds'],
      rng: { seeded: seeds.length > 0, recorded: randomStates },
      code: (this._code.value ?? null) as RunSummary['code'],
      inputs: this._inputs.values() as RunSummary['inputs'],
      outputs: this._outputs.values() as RunSummary['outputs'],
      artifacts: this._artifacts.values() as RunSummary['artifacts'],
      datasets: this._datasets.values() as RunSummary['datasets'],
      stage: stages.at(-1)?.stage ?? null,
      stages,
      usage: (this._usage.value ?? {}) as RunSummary['usage'],
      verified: (this._verified.value ?? null) as RunSummary['verified']
    };
  }

  /** Applies what anybody may write about a run. Such an event does not say where the run stands. */
  private _edit(kind: EventKind, line: JsonObject, stamp: IStamp): boolean {
    switch (kind) {
      case 'rename':
        this._name.set(String(line.name), stamp);
        return true;
      case 'experiment':
        this._experiment.set(String(line.name), stamp);
        return true;
      case 'note':
        this._note.set(String(line.text), stamp);
        return true;
      case 'archive':
        this._archived.set(line.archived === true, stamp);
        return true;
      case 'stage':
        if (line.stage === null || typeof line.stage === 'string') {
          this._stages.set(`${stamp.log} ${stamp.line}`, stageEntry(line), stamp);
        }
        return true;
      case 'verify':
        this._verified.set({ ...withoutEnvelope(line), at: line.time }, stamp);
        return true;
      case 'tag':
        this._tags.set(String(line.key), line.value ?? null, stamp);
        return true;
      default:
        return false;
    }
  }

  private _settle(kind: EventKind, line: JsonObject, stamp: IStamp): void {
    if (this._start !== undefined) {
      return;
    }
    if (kind === 'run_start') {
      this._start = line;
      this._home = stamp;
      this._first = line;
    } else if (this._home === undefined) {
      this._home = stamp;
      this._first = line;
    }
  }

  private _record(kind: EventKind, line: JsonObject, stamp: IStamp): void {
    switch (kind) {
      case 'run_start':
      case 'run_adopt':
        if (typeof line.name === 'string') {
          this._name.set(line.name, stamp);
        }
        if (typeof line.experiment === 'string') {
          this._experiment.set(line.experiment, stamp);
        }
        break;
      case 'run_end':
        this._end.set(line, stamp);
        this._handOver(line);
        break;
      case 'code':
        this._code.set(withoutEnvelope(line), stamp);
        break;
      case 'usage':
        this._usage.set(withoutEnvelope(line), stamp);
        break;
      case 'param':
        this._params.set(String(line.key), line.value ?? null, stamp);
        this._paramOrigins.set(String(line.key), { origin: line.origin }, stamp);
        break;
      case 'metric':
        this._metricOrigins.set(
          String(line.key),
          line.exact === false ? { origin: line.origin, exact: false } : { origin: line.origin },
          stamp
        );
        break;
      case 'seed':
        this._seeds.set(`${stamp.log} ${stamp.line}`, withoutEnvelope(line), stamp);
        break;
      case 'artifact':
        this._artifacts.set(String(line.name), withoutEnvelope(line), stamp);
        break;
      case 'input':
        this._inputs.set(line, withoutEnvelope(line), stamp);
        break;
      case 'output':
        this._outputs.set(line, withoutEnvelope(line), stamp);
        break;
      case 'dataset':
        this._datasets.set(keyOf(line, 'name', 'version', 'sha256'), withoutEnvelope(line), stamp);
        break;
    }
  }

  private _handOver(end: JsonObject): void {
    const kept = this._told.kept(end);
    if (kept !== undefined) {
      this._params = new LatestByKey();
      this._paramOrigins = new LatestByKey();
      this._seeds = new LatestByKey();
      this._inputs = new Files();
      this._outputs = new Files();
      this._datasets = new LatestByKey();
      for (const { kind, line, stamp } of kept) {
        this._record(kind, line, stamp);
      }
    }
  }

  private _told = new Told();
  private _start: JsonObject | undefined;
  private _first: JsonObject | undefined;
  private _home: IStamp | undefined;
  private _end = new Latest<JsonObject>();
  private _name = new Latest<string>();
  private _experiment = new Latest<string>();
  private _note = new Latest<string>();
  private _archived = new Latest<boolean>();
  private _code = new Latest<JsonObject>();
  private _usage = new Latest<JsonObject>();
  private _verified = new Latest<JsonObject>();
  private _stages = new LatestByKey<RunSummary['stages'][number]>();
  private _params = new LatestByKey<unknown>();
  private _paramOrigins = new LatestByKey<ISaid>();
  private _metricOrigins = new LatestByKey<ISaid>();
  private _tags = new LatestByKey<unknown>();
  private _seeds = new LatestByKey<JsonObject>();
  private _inputs = new Files();
  private _outputs = new Files();
  private _artifacts = new LatestByKey<JsonObject>();
  private _datasets = new LatestByKey<JsonObject>();
}

function keyOf(line: JsonObject, ...fields: string[]): string {
  return JSON.stringify(fields.map(field => line[field] ?? null));
}

/** A stage that a run came to, or left when it is null. */
function stageEntry(line: JsonObject): RunSummary['stages'][number] {
  const { path, sha256 } = line;
  return {
    stage: textOrNull(line.stage),
    at: String(line.time),
    by: textOrNull(line.by),
    reason: textOrNull(line.reason),
    ...(typeof path === 'string' ? { path } : {}),
    ...(typeof sha256 === 'string' ? { sha256 } : {})
  };
}

/** Where a param or a metric comes from, as its event says. */
interface ISaid {
  origin: unknown;
  exact?: false;
}

/** Those that were captured: what is logged by hand needs no word. */
function captured(said: [string, ISaid][]): RunSummary['origins']['metrics'] {
  return Object.fromEntries(
    said.flatMap(([key, { origin, ...rest }]) =>
      typeof origin === 'string' && origin !== 'logged' ? [[key, { origin, ...rest }]] : []
    )
  );
}
