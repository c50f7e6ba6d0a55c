/** How a run is drawn wherever several are. */
export interface IRunStyle {
  readonly color: string;
  readonly dash: 'solid' | 'dash' | 'dot';
}

/**
 * Colours that can be told apart by the colour-blind, on a light and on a dark ground.
 *
 * #### Notes
 * Those of Okabe and Ito, "Color Universal Design" (2008), without black, which is no colour on a dark
 * ground, and yellow, which is none on a light one; grey stands for them.
 */
const COLORS = ['#0072b2', '#e69f00', '#009e73', '#d55e00', '#56b4e9', '#cc79a7', '#8c8c8c'];

const DASHES = ['solid', 'dash', 'dot'] as const;

/** The style of the run at a place among others, from 0: 21 of them are different. */
export function runStyle(at: number): IRunStyle {
  return {
    color: COLORS[at % COLORS.length],
    dash: DASHES[Math.floor(at / COLORS.length) % DASHES.length]
  };
}
