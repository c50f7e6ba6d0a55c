import type { IDisposable } from '@lumino/disposable';
import { DisposableDelegate } from '@lumino/disposable';

/** The colours and letters of a chart. */
export interface IChartTheme {
  readonly line: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  readonly surface: string;
  readonly border: string;
  readonly font: string;
}

/** The theme that JupyterLab has now, read from its CSS variables at an element. */
export function readTheme(element: HTMLElement): IChartTheme {
  const style = getComputedStyle(element);
  const read = (name: string, otherwise: string): string =>
    style.getPropertyValue(name).trim() || otherwise;
  return {
    line: read('--jp-brand-color1', '#1976d2'),
    text: read('--jp-ui-font-color1', '#212121'),
    quiet: read('--jp-ui-font-color2', '#616161'),
    grid: read('--jp-border-color2', '#e0e0e0'),
    surface: read('--jp-layout-color1', '#ffffff'),
    border: read('--jp-border-color1', '#bdbdbd'),
    font: read('--jp-ui-font-family', 'sans-serif')
  };
}

/** Calls back whenever JupyterLab has another theme. */
export function onThemeChanged(callback: () => void): IDisposable {
  const observer = new MutationObserver(() => callback());
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['data-jp-theme-name', 'data-jp-theme-light']
  });
  return new DisposableDelegate(() => observer.disconnect());
}
