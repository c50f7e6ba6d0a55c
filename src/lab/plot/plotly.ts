import type * as Plotly from 'plotly.js-dist-min';

/** What shows the values at a place; the library has no types for it. */
export interface IHover {
  hover(host: HTMLElement, at: { xval: number | string }, subplot: string, isQuiet: boolean): void;
  unhover(host: HTMLElement): void;
}

/** The plotting library. */
export type PlotlyModule = typeof Plotly & { readonly Fx?: IHover };

let loading: Promise<PlotlyModule> | null = null;

/** Fetches plotly, 4 MB, when the first chart is drawn. */
export function loadPlotly(): Promise<PlotlyModule> {
  loading ??= import('plotly.js-dist-min').then(
    module => (module as PlotlyModule & { default?: PlotlyModule }).default ?? module,
    (reason: unknown) => {
      // The next chart tries again.
      loading = null;
      throw reason;
    }
  );
  return loading;
}
