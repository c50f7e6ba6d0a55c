import { Fragment, type JSX } from 'react';

/** From how many letters on a text may lack its middle, where nothing else is said. */
const LONG = 24;

/** How many letters at the end are always there. */
const TAIL = 10;

/**
 * A text on one line that, where it has no room, lacks its middle and not its end.
 *
 * #### Notes
 * Names of runs mostly differ in how they end: a version, a number.
 */
export function Shortened({ text, long = LONG }: { text: string; long?: number }): JSX.Element {
  const letters = Array.from(text);
  return letters.length < long ? (
    <>{text}</>
  ) : (
    <span className="bt-Shortened">
      <span>{letters.slice(0, -TAIL).join('')}</span>
      <span>{letters.slice(-TAIL).join('')}</span>
    </span>
  );
}

/** A name or path that breaks, where it has to, behind what separates its parts. */
export function Breakable({ text }: { text: string }): JSX.Element {
  return (
    <>
      {text.split(/(?<=[./_-])(?=[^./_-])/).map((part, at) => (
        <Fragment key={at}>
          {at > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </>
  );
}
