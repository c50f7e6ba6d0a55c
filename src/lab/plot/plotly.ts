import type * as Plotly from 'plotly.js-dist-min';

/** The plotting library. */
export type PlotlyModule = typeof Plotly;

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
