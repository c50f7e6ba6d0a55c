import type { TranslationBundle } from '@jupyterlab/translation';
import { useState, type JSX } from 'react';

/** How many lines of a long list are shown before one asks for more. */
const LINES = 200;

/** The first part of a long list: what is shown of it, and the button that shows more. */
export function useSome<T>(
  all: readonly T[],
  trans: TranslationBundle,
  lines = LINES
): { readonly some: readonly T[]; readonly more: JSX.Element | null } {
  const [shown, setShown] = useState(lines);
  const more =
    all.length > shown ? (
      <button type="button" className="bt-Link" onClick={() => setShown(shown + lines)}>
        {trans.__('Show more: %1 of %2 are shown', shown, all.length)}
      </button>
    ) : null;
  return { some: all.slice(0, shown), more };
}

/** From how many lines on a list can be searched. */
const SEARCHED = 30;

/** A long list by the names of its lines, and the field in which a part of a name is typed. */
export function useSearch<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  label: string
): { readonly found: readonly T[]; readonly field: JSX.Element | null } {
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = wanted ? all.filter(one => nameOf(one).toLowerCase().includes(wanted)) : all;
  const field =
    all.length > SEARCHED ? (
      <input
        type="search"
        className="jp-mod-styled bt-Filter"
        placeholder={label}
        aria-label={label}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
    ) : null;
  return { found, field };
}
