import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';
import {
  differenceOf,
  materialOf,
  sectionsOf,
  type IDifference,
  type IMaterial,
  type ISection
} from '../../runlog/compare.js';
import { pointsOf, SERIES_WIDTH, type IPoints } from '../store/series.js';
import type { IRunStore } from '../tokens.js';

/** How often runs that go on are asked for, in milliseconds. */
const REFRESH = 3000;

/** The parts of a comparison. */
export type Tab = 'differences' | 'plots' | 'cells' | 'explore';

/** Metrics of one run, as far as they were asked for. */
type Series = ReadonlyMap<string, IPoints>;

/** What a comparison shows. Asks the server only while it is visible. */
export class CompareModel implements IDisposable {
  /** @param ids - of the runs, in their order */
  constructor(
    readonly ids: readonly string[],
    private readonly _store: Pick<IRunStore, 'client' | 'edited'>
  ) {
    this._base = ids[0] ?? '';
    this._store.edited.connect(this._onEdited);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What the runs are compared by, in their order; null until it is here. */
  get materials(): readonly IMaterial[] | null {
    return this._materials;
  }

  /** Sentences about the runs that cannot be shown. */
  get problems(): readonly string[] {
    return this._problems;
  }

  /** The id of the run that the others are compared with. */
  get base(): string {
    return this._base;
  }

  set base(id: string) {
    this._base = id;
    if (this._other === id) {
      this._other = '';
    }
    this._differences.clear();
    this._changed.emit();
  }

  /** The id of the run whose cells are shown beside those of the base. */
  get other(): string {
    return this._other || (this.ids.find(id => id !== this._base && this._has(id)) ?? '');
  }

  set other(id: string) {
    this._other = id;
    this._changed.emit();
  }

  get tab(): Tab {
    return this._tab;
  }

  set tab(tab: Tab) {
    this._tab = tab;
    this._changed.emit();
  }

  /** Whether what is the same is shown as well. */
  get showsAll(): boolean {
    return this._showsAll;
  }

  set showsAll(value: boolean) {
    this._showsAll = value;
    this._changed.emit();
  }

  get visible(): boolean {
    return this._visible;
  }

  set visible(value: boolean) {
    if (value !== this._visible) {
      this._visible = value;
      clearTimeout(this._timer);
      if (value) {
        void this.refresh();
      }
    }
  }

  /** Everything that the runs have, in sections. */
  get sections(): readonly ISection[] {
    this._sections ??= sectionsOf(this._materials ?? []);
    return this._sections;
  }

  /** In what a run differs from the base; null where one of them is not here. */
  differenceOf(id: string): IDifference | null {
    const found = this._differences.get(id);
    const [base, other] = [this._find(this._base), this._find(id)];
    if (found || !base || !other) {
      return found ?? null;
    }
    const difference = differenceOf(base, other);
    this._differences.set(id, difference);
    return difference;
  }

  /** The points of some metrics of a run. */
  async series(id: string, metrics: readonly string[]): Promise<Series> {
    const wire = await this._store.client.series(id, SERIES_WIDTH, metrics);
    return new Map(Object.entries(wire).map(([key, one]) => [key, pointsOf(one)]));
  }

  /** The text of a blob of a run; undefined where it is gone. */
  blob(sha256: string, run: string): Promise<string | undefined> {
    return this._store.client.blob(sha256, run);
  }

  /** Ask for the runs once more. */
  async refresh(): Promise<void> {
    clearTimeout(this._timer);
    const problems: string[] = [];
    const logs = new Map<string, Promise<string | undefined>>();
    const found = await Promise.all(
      this.ids.map(id =>
        this._read(id, logs).catch((reason: unknown) => {
          const why = reason instanceof Error ? reason.message : String(reason);
          if (!problems.includes(why)) {
            problems.push(why);
          }
          return null;
        })
      )
    );
    if (this._isDisposed) {
      return;
    }
    this._materials = found.filter(one => one !== null);
    if (!this._find(this._base)) {
      this._base = this._materials[0]?.run.id ?? this._base;
    }
    this._problems = problems;
    this._sections = null;
    this._differences.clear();
    this._changed.emit();
    const isLive = this._materials.some(({ run }) => run.status === 'running');
    if (this._visible && (isLive || problems.length > 0)) {
      this._timer = setTimeout(() => void this.refresh(), REFRESH);
    }
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (!this._isDisposed) {
      this._isDisposed = true;
      this._visible = false;
      clearTimeout(this._timer);
      this._store.edited.disconnect(this._onEdited);
      Signal.clearData(this);
    }
  }

  private async _read(
    id: string,
    logs: Map<string, Promise<string | undefined>>
  ): Promise<IMaterial> {
    const { client } = this._store;
    const run = await client.run(id);
    // Runs of one session share its log, and mostly all have the same list of packages.
    const log =
      logs.get(run.session) ??
      client.log(id).then(({ logs }) => logs.find(one => one.id === run.session)?.text);
    logs.set(run.session, log);
    const hash = run.environment?.packages;
    if (hash && !this._packages.has(hash)) {
      this._packages.set(hash, client.blob(hash, id));
    }
    return materialOf(run, {
      log: await log,
      packages: hash ? await this._packages.get(hash)?.catch(() => undefined) : undefined
    });
  }

  private _find(id: string): IMaterial | undefined {
    return this._materials?.find(({ run }) => run.id === id);
  }

  private _has(id: string): boolean {
    return this._find(id) !== undefined;
  }

  private _onEdited = (_: unknown, run: { readonly id: string }): void => {
    if (this._visible && this.ids.includes(run.id)) {
      void this.refresh();
    }
  };

  private _base: string;
  private _changed = new Signal<this, void>(this);
  private _differences = new Map<string, IDifference>();
  private _isDisposed = false;
  private _materials: readonly IMaterial[] | null = null;
  private _other = '';
  private _packages = new Map<string, Promise<string | undefined>>();
  private _problems: readonly string[] = [];
  private _sections: readonly ISection[] | null = null;
  private _showsAll = false;
  private _tab: Tab = 'differences';
  private _timer: ReturnType<typeof setTimeout> | undefined;
  private _visible = false;
}
