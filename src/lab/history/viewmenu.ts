import { InputDialog } from '@jupyterlab/apputils';
import { MenuSvg } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import { vocabularyOf } from '../../runlog/filter.js';
import { CHOSEN, chosenColumns, isKey, keyTitle, NAME, STATUS, type IColumn } from './columns.js';
import { columnTitle } from './header.js';
import type { HistoryModel } from './model.js';
import { PLAIN_TABLE, type ISort } from './table.js';

/** How many keys a menu lists before it asks for one. */
const KEYS = 14;

/** How many keys are offered where one is asked for. */
const OFFERED = 500;

/** A line of a menu. */
interface ILine {
  readonly label: string;
  readonly act: () => void;
  readonly isOn?: boolean;
  readonly caption?: string;
}

/** Opens the menu of how the runs are shown: order, columns, and what was saved of both with a filter. */
export function openViewMenu(
  button: HTMLElement,
  model: HistoryModel,
  trans: TranslationBundle
): void {
  const menu = new ViewMenu(model, trans).root;
  const { left, bottom } = button.getBoundingClientRect();
  menu.open(left, bottom);
}

class ViewMenu {
  constructor(model: HistoryModel, trans: TranslationBundle) {
    this._model = model;
    this._trans = trans;
    this.root = this._menu(trans.__('View'));
    // Only the keys that many runs have are of use; counting them all takes a while, once.
    this._keys = vocabularyOf(model.listed.slice(0, 2000)).keys.filter(key =>
      /^(params|metrics|tags)\./.test(key)
    );
    this._add(this.root, this._sortMenu());
    this._add(this.root, this._columnMenu());
    this.root.addItem({ type: 'separator' });
    this._addViews();
    this.root.aboutToClose.connect(() => {
      // What was chosen is executed after the menu is closed.
      requestAnimationFrame(() => this.root.dispose());
    });
  }

  readonly root: MenuSvg;

  private _sortMenu(): MenuSvg {
    const { _model: model, _trans: trans } = this;
    const menu = this._menu(trans.__('Sort by'));
    const { sort } = model;
    this._line(menu, {
      label: trans.__('Newest first'),
      isOn: sort === null,
      act: () => {
        model.sort = null;
      }
    });
    const fixed = [NAME, STATUS, ...CHOSEN].filter(column => column.sort !== null);
    const keys = [...new Set([...this._present().filter(isKey), ...this._keys])].slice(0, KEYS);
    const lines: readonly { key: string; title: string }[] = [
      ...fixed.map(column => ({ key: column.sort ?? '', title: columnTitle(column, trans) })),
      ...keys.map(key => ({ key, title: keyTitle(key) }))
    ];
    const by = (key: string): ISort => ({
      key,
      descending: sort?.key === key ? !sort.descending : isKey(key) || key === 'duration'
    });
    for (const { key, title } of lines) {
      const isOn = sort?.key === key;
      this._line(menu, {
        label: isOn ? `${title} ${sort.descending ? '↓' : '↑'}` : title,
        caption: isOn ? trans.__('Turn the order round') : key,
        isOn,
        act: () => {
          model.sort = by(key);
        }
      });
    }
    this._askLine(menu, trans.__('Sort by'), key => {
      model.sort = by(key);
    });
    return menu;
  }

  private _columnMenu(): MenuSvg {
    const { _model: model, _trans: trans } = this;
    const menu = this._menu(trans.__('Columns'));
    const present = this._present();
    const set = (columns: readonly string[]): void => {
      model.preferences.table = { ...model.preferences.table, columns };
    };
    const toggle = (id: string): void =>
      set(present.includes(id) ? present.filter(one => one !== id) : [...present, id]);
    const column = (id: string, title: string): void =>
      this._line(menu, {
        label: title,
        caption: isKey(id) ? id : '',
        isOn: present.includes(id),
        act: () => toggle(id)
      });
    CHOSEN.forEach((one: IColumn) => column(one.id, columnTitle(one, trans)));
    menu.addItem({ type: 'separator' });
    for (const key of [...new Set([...present.filter(isKey), ...this._keys.slice(0, KEYS)])]) {
      column(key, keyTitle(key));
    }
    this._askLine(menu, trans.__('Column'), toggle);
    menu.addItem({ type: 'separator' });
    this._line(menu, {
      label: trans.__('Usual Columns'),
      caption: trans.__('Columns and their widths as they are when nobody has chosen'),
      act: () => {
        const { sort } = model.preferences.table;
        model.preferences.table = { ...PLAIN_TABLE, sort };
      }
    });
    return menu;
  }

  private _addViews(): void {
    const { _model: model, _trans: trans, root } = this;
    const { views, table } = model.preferences;
    for (const view of views) {
      this._line(root, {
        label: view.name,
        caption: view.filter || trans.__('Columns and order that were saved'),
        act: () => model.show(view)
      });
    }
    if (views.length > 0) {
      root.addItem({ type: 'separator' });
    }
    this._line(root, {
      label: trans.__('Save View…'),
      caption: trans.__('Keep filter, order and columns under a name'),
      act: () => {
        void InputDialog.getText({
          title: trans.__('Save view'),
          label: trans.__('Name'),
          text: model.filter?.text ?? '',
          okLabel: trans.__('Save')
        }).then(({ value }) => {
          const name = value?.trim();
          if (name) {
            model.preferences.save({ ...table, name, filter: model.filter?.text ?? '' });
          }
        });
      }
    });
    if (views.length > 0) {
      const menu = this._menu(trans.__('Delete View'));
      for (const { name } of views) {
        this._line(menu, { label: name, act: () => model.preferences.remove(name) });
      }
      this._add(root, menu);
    }
  }

  /** The ids of the columns that are shown. */
  private _present(): readonly string[] {
    const { preferences, listed, scope } = this._model;
    return chosenColumns(preferences.table, listed, scope !== 'notebook').map(({ id }) => id);
  }

  private _menu(title: string): MenuSvg {
    const menu = new MenuSvg({ commands: this._commands });
    menu.title.label = title;
    return menu;
  }

  private _add(menu: MenuSvg, submenu: MenuSvg): void {
    menu.addItem({ type: 'submenu', submenu });
  }

  private _line(menu: MenuSvg, { label, act, isOn, caption }: ILine): void {
    const command = `line-${++this._lines}`;
    this._commands.addCommand(command, {
      label,
      caption: caption ?? '',
      describedBy: { args: { type: 'object', properties: {} } },
      isToggleable: isOn !== undefined,
      isToggled: () => isOn ?? false,
      execute: act
    });
    menu.addItem({ command });
  }

  /** A line that asks for a key, where the menu does not list them all. */
  private _askLine(menu: MenuSvg, title: string, take: (key: string) => void): void {
    const { _trans: trans } = this;
    this._line(menu, {
      label: trans.__('Other…'),
      caption: trans.__('Any param, metric or tag, by its key'),
      act: () => {
        void InputDialog.getItem({
          title,
          label: trans.__('Key, as metrics.loss.min'),
          items: this._keys.slice(0, OFFERED),
          editable: true,
          okLabel: title
        }).then(({ value }) => {
          if (value?.trim()) {
            take(value.trim());
          }
        });
      }
    });
  }

  private _commands = new CommandRegistry();
  private _keys: readonly string[] = [];
  private _lines = 0;
  private _model: HistoryModel;
  private _trans: TranslationBundle;
}
