import { Fragment, type JSX } from 'react';

/** A reason in which names stand between backticks, with the names in the font of code. */
export function Reason({ text }: { text: string }): JSX.Element {
  const parts = text.split('`');
  // Backticks in pairs only: an odd one is part of the text.
  return parts.length % 2 === 1 ? (
    <>
      {parts.map((part, at) =>
        at % 2 === 1 ? <code key={at}>{part}</code> : <Fragment key={at}>{part}</Fragment>
      )}
    </>
  ) : (
    <>{text}</>
  );
}
