import type { JSX } from 'react';
import { runStyle } from '../plot/palette.js';

/** The line by which a run is known in every plot. */
export function RunMark({ at }: { at: number }): JSX.Element {
  const { color, dash } = runStyle(at);
  const dashes = { solid: undefined, dash: '5 3', dot: '2 2' }[dash];
  return (
    <svg className="bt-RunMark" width="16" height="8" aria-hidden="true">
      <line x1="0" y1="4" x2="16" y2="4" stroke={color} strokeWidth="3" strokeDasharray={dashes} />
    </svg>
  );
}
