import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useRef, type JSX } from 'react';
import { PlotHost, type MakeFigure } from './plothost.js';

/** A figure; keep `figure` the same function while nothing about it changed. */
export function Plot(props: {
  readonly figure: MakeFigure;
  readonly label: string;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { figure, label, trans } = props;
  const element = useRef<HTMLDivElement>(null);
  const host = useRef<PlotHost | null>(null);
  useEffect(() => {
    const made = new PlotHost(
      element.current!,
      trans.__('The charts could not be loaded: reload the page.')
    );
    host.current = made;
    return () => made.dispose();
  }, [trans]);
  useEffect(() => {
    host.current?.draw(figure);
  }, [figure]);
  return <div ref={element} className="bt-Chart-plot" role="group" aria-label={label} />;
}
