import { Notification } from '@jupyterlab/apputils';
import { MenuSvg } from '@jupyterlab/ui-components';
import type { TranslationBundle } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';
import type { RunSeries } from '../store/series.js';
import type { MetricChart } from './chart.js';
import { csvOf } from './csv.js';

/** The server gives four points for each of so many pixels, and not more. */
const WIDEST = 10_000;

/** Opens the menu of a chart: save it as an image or as a table, show all of it. */
export function openChartMenu(
  button: HTMLElement,
  chart: () => MetricChart | null,
  series: RunSeries,
  metric: string,
  trans: TranslationBundle
): void {
  const commands = new CommandRegistry();
  const menu = new MenuSvg({ commands });
  const name = metric.replace(/[^\w.-]+/g, '-');
  const image = async (format: 'png' | 'svg'): Promise<void> => {
    const url = await chart()?.image(format);
    if (url) {
      download(url, `${name}.${format}`);
    }
  };
  const table = async (): Promise<void> => {
    const points = await series.detail(metric, undefined, undefined, WIDEST);
    if (!points) {
      return;
    }
    const url = URL.createObjectURL(new Blob([csvOf(metric, points)], { type: 'text/csv' }));
    download(url, `${name}.csv`);
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    if (points.count > points.value.length) {
      Notification.warning(
        trans.__(
          'The table has %1 of %2 points, the least and greatest of every part among them: all are in metrics.jsonl of the run.',
          points.value.length,
          points.count
        ),
        { autoClose: 10_000 }
      );
    }
  };
  const line = (label: string, act: () => unknown): void => {
    commands.addCommand(label, {
      label,
      describedBy: { args: { type: 'object', properties: {} } },
      execute: async () => {
        try {
          await act();
        } catch (reason) {
          Notification.error(reason instanceof Error ? reason.message : String(reason));
        }
      }
    });
    menu.addItem({ command: label });
  };
  line(trans.__('Save as PNG'), () => image('png'));
  line(trans.__('Save as SVG'), () => image('svg'));
  line(trans.__('Save as CSV'), table);
  menu.addItem({ type: 'separator' });
  line(trans.__('Show All of It'), () => chart()?.resetZoom());
  menu.aboutToClose.connect(() => {
    requestAnimationFrame(() => menu.dispose());
  });
  const { right, bottom } = button.getBoundingClientRect();
  menu.open(right, bottom, { horizontalAlignment: 'right' });
}

function download(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
