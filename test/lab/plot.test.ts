import { describe, expect, it } from 'vitest';
import { lineOf } from '../../src/lab/plot/axis.js';
import { figureOf } from '../../src/lab/plot/figure.js';
import { groupMetrics } from '../../src/lab/plot/groups.js';

const theme = {
  line: '#111',
  text: '#222',
  quiet: '#333',
  grid: '#444',
  surface: '#555',
  border: '#666',
  font: 'x'
};

describe('the groups of charts', () => {
  it('go by prefix, plain ones first and the system last', () => {
    expect(
      groupMetrics(['system/cpu', 'train/loss', 'lr', 'val/loss', 'train/acc', '/odd'])
    ).toEqual([
      { prefix: '', metrics: ['lr', '/odd'] },
      { prefix: 'train', metrics: ['train/loss', 'train/acc'] },
      { prefix: 'val', metrics: ['val/loss'] },
      { prefix: 'system', metrics: ['system/cpu'] }
    ]);
  });

  it('are none without metrics', () => {
    expect(groupMetrics([])).toEqual([]);
  });
});

describe('a mark', () => {
  it('has its label before its line where the chart ends', () => {
    const { layout } = figureOf({
      line: { x: [0, 50, 100], y: [1, 2, 3], unit: '' },
      axis: 'step',
      size: 'large',
      theme,
      axisTitle: 'step',
      fileName: 'loss',
      marks: [
        { x: 10, kind: 'cell', label: '[1]' },
        { x: 95, kind: 'cell', label: '[2]' }
      ]
    });
    expect(layout.shapes?.map(shape => shape.label?.xanchor)).toEqual(['left', 'right']);
  });
});

describe('a line', () => {
  const points = { step: [0, 1, 2], time: [100, 160, 460], value: [1, NaN, 3], count: 3 };

  it('has a gap where a value is not finite', () => {
    expect(lineOf(points, 'step', 0)).toEqual({ x: [0, 1, 2], y: [1, null, 3], unit: '' });
  });

  it('over time counts from the beginning of the run, in a unit that suits it', () => {
    expect(lineOf(points, 'time', 100)).toEqual({ x: [0, 1, 6], y: [1, null, 3], unit: 'min' });
  });
});

describe('a figure', () => {
  const figure = (
    axis: 'step' | 'time',
    unit: '' | 's' | 'min',
    measured: '' | 'bytes' = ''
  ): ReturnType<typeof figureOf> =>
    figureOf({
      line: { x: [1], y: [2], unit },
      unit: measured,
      axis,
      size: 'large',
      theme,
      axisTitle: axis,
      fileName: 'loss'
    });

  it('keeps the zoom while points come in, and gives it up when the axis means something else', () => {
    expect(figure('time', 's').layout.uirevision).toBe(figure('time', 's').layout.uirevision);
    expect(figure('time', 's').layout.uirevision).not.toBe(figure('time', 'min').layout.uirevision);
    expect(figure('step', '').layout.uirevision).not.toBe(figure('time', 's').layout.uirevision);
  });

  it('writes memory as people say it, and every other number as it is', () => {
    expect(figure('time', 's', 'bytes').layout.yaxis?.tickformat).toBe('~s');
    expect(figure('time', 's').layout.yaxis?.tickformat).toBe('~g');
    expect(figure('time', 's', 'bytes').data[0]).toMatchObject({
      hovertemplate: '%{y:.4~s}B<extra></extra>'
    });
  });
});
