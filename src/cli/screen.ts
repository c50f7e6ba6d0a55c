/**
 * What the output goes to: a terminal has a width and colours, a pipe has neither.
 */

import type { WriteStream } from 'node:tty';

/** How a text is set off; as it is where there are no colours. */
export type Style = (text: string) => string;

/** Where the output is read. */
export interface IScreen {
  /** How many columns there are; undefined in pipes, which take lines of any length. */
  readonly columns: number | undefined;
  readonly bold: Style;
  readonly dim: Style;
  readonly red: Style;
  readonly green: Style;
  readonly yellow: Style;
}

/**
 * What a stream shows.
 *
 * @param environment - `NO_COLOR` and `TERM=dumb` turn colours off, `FORCE_COLOR` on (https://no-color.org)
 */
export function screenOf(
  stream: Pick<WriteStream, 'isTTY' | 'columns'>,
  environment: NodeJS.ProcessEnv
): IScreen {
  const { NO_COLOR, FORCE_COLOR, TERM } = environment;
  const colors =
    !NO_COLOR &&
    (FORCE_COLOR ? FORCE_COLOR !== '0' : stream.isTTY && TERM !== 'dumb' && FORCE_COLOR !== '');
  const style =
    (on: number, off: number): Style =>
    text =>
      colors && text !== '' ? `\x1b[${on}m${text}\x1b[${off}m` : text;
  return {
    columns: stream.isTTY && stream.columns > 0 ? stream.columns : undefined,
    bold: style(1, 22),
    dim: style(2, 22),
    red: style(31, 39),
    green: style(32, 39),
    yellow: style(33, 39)
  };
}

/** A screen of which some columns are taken on the left. */
export function indented(screen: IScreen, by: number): IScreen {
  return { ...screen, columns: screen.columns && Math.max(screen.columns - by, 1) };
}

/** How the status of a run is set off, in a column of that index. */
export function statusStyle(
  screen: IScreen,
  column: number
): (cell: string, at: number) => Style | undefined {
  const styles: Readonly<Record<string, Style>> = {
    running: screen.green,
    failed: screen.red,
    killed: screen.red,
    interrupted: screen.yellow,
    unknown: screen.yellow
  };
  return (cell, at) => (at === column && Object.hasOwn(styles, cell) ? styles[cell] : undefined);
}
