import type { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal, type ISignal } from '@lumino/signaling';
import type { JSONValue } from '@lumino/coreutils';
import { PLAIN_TABLE, tableOf, viewsOf, type ISavedView, type ITable } from './table.js';

/** What of the settings is used here. */
export type Settings = Pick<ISettingRegistry.ISettings, 'get' | 'set' | 'changed'>;

/** How the table looks and what was saved of it, kept in JupyterLab's settings where there are any. */
export class Preferences {
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** How the table looks. */
  get table(): ITable {
    return this._table;
  }

  set table(table: ITable) {
    this._table = table;
    this._changed.emit();
    this._write('table', table);
  }

  /** What was saved, in the order of the names. */
  get views(): readonly ISavedView[] {
    return this._views;
  }

  /** Keeps a view; one that has its name already is replaced. */
  save(view: ISavedView): void {
    this._setViews([...this._views.filter(({ name }) => name !== view.name), view]);
  }

  /** Forgets a view. */
  remove(name: string): void {
    this._setViews(this._views.filter(view => view.name !== name));
  }

  /** Goes by some settings from now on. */
  connect(settings: Settings): void {
    this._settings = settings;
    const read = (): void => {
      this._table = tableOf(settings.get('table').composite);
      this._views = sorted(viewsOf(settings.get('views').composite));
      this._changed.emit();
    };
    settings.changed.connect(read);
    read();
  }

  private _setViews(views: readonly ISavedView[]): void {
    this._views = sorted(views);
    this._changed.emit();
    this._write('views', this._views);
  }

  private _write(key: string, value: unknown): void {
    // Where settings cannot be written the choice holds for this page.
    this._settings?.set(key, value as JSONValue).catch(() => undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _settings: Settings | null = null;
  private _table: ITable = PLAIN_TABLE;
  private _views: readonly ISavedView[] = [];
}

function sorted(views: readonly ISavedView[]): readonly ISavedView[] {
  return [...views].sort((a, b) => a.name.localeCompare(b.name));
}
