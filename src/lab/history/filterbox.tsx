import type { TranslationBundle } from '@jupyterlab/translation';
import { useEffect, useMemo, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import type { HistoryModel } from './model.js';
import { RunFilter, RunFilterCompleter } from './runfilter.js';

const LIST = 'bt-filter-completions';

/** How long the writer has to pause before the runs are filtered, in milliseconds. */
const PAUSE = 120;

/**
 * The box in which runs are filtered, with completion.
 *
 * #### Notes
 * While a filter is not understood, the last one that was stays in force.
 */
export function FilterBox({
  model,
  trans
}: {
  model: HistoryModel;
  trans: TranslationBundle;
}): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(model.filter?.text ?? '');
  const [cursor, setCursor] = useState(text.length);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const { ancestry } = model.store;
  const written = useMemo(() => new RunFilter(text, ancestry), [text, ancestry]);
  const all = model.list?.runs;
  const completer = useMemo(() => new RunFilterCompleter(all ?? []), [all]);
  const { from, to, items } = isOpen ? completer.at(text, cursor) : { from: 0, to: 0, items: [] };
  const shown = items.slice(0, 12);

  useEffect(() => {
    if (written.error !== null) {
      return;
    }
    const timer = setTimeout(() => {
      model.filter = text.trim() === '' ? null : written;
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [model, text, written]);

  const take = (index: number): void => {
    const item = shown[index];
    if (!item) {
      return;
    }
    const space = item.kind === 'function' ? '' : ' ';
    const head = `${text.slice(0, from)}${item.text}${space}`;
    setText(head + text.slice(to).trimStart());
    setCursor(head.length);
    setActive(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(head.length, head.length));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const by = event.key === 'ArrowDown' ? 1 : -1;
      setOpen(true);
      setActive(now => (shown.length ? (now + by + shown.length + 1) % (shown.length + 1) : -1));
    } else if ((event.key === 'Enter' || event.key === 'Tab') && active >= 0 && shown[active]) {
      take(active);
    } else if (event.key === 'Enter') {
      setOpen(false);
      model.filter = text.trim() === '' ? null : written.error === null ? written : model.filter;
    } else if (event.key === 'Escape' && isOpen) {
      setOpen(false);
      setActive(-1);
    } else if (event.key === 'Escape' && text) {
      setText('');
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };

  // Who is still writing is helped, and not told that it is not finished.
  const isBeingWritten = isOpen && (written.isIncomplete || shown.length > 0);
  const problem = isBeingWritten ? null : written.error;
  return (
    <div className="bt-Filter">
      <input
        ref={input}
        type="search"
        role="combobox"
        className="bt-Filter-input jp-mod-styled"
        spellCheck={false}
        autoComplete="off"
        placeholder={trans.__('Filter, as loss < 0.3 and lr > 0.01')}
        aria-label={trans.__('Filter the runs')}
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls={LIST}
        aria-activedescendant={active >= 0 ? `${LIST}-${active}` : undefined}
        aria-invalid={problem !== null}
        aria-describedby={problem ? 'bt-filter-problem' : undefined}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value);
          setCursor(event.currentTarget.selectionStart ?? event.currentTarget.value.length);
          setOpen(true);
          setActive(-1);
        }}
        onSelect={event => {
          setCursor(event.currentTarget.selectionStart ?? text.length);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => {
          setOpen(false);
          setActive(-1);
        }}
        onKeyDown={onKeyDown}
      />
      <ul
        id={LIST}
        role="listbox"
        className="bt-Filter-list"
        aria-label={trans.__('What can stand here')}
        hidden={shown.length === 0}
      >
        {shown.map((item, index) => (
          <li
            key={`${item.kind} ${item.text}`}
            id={`${LIST}-${index}`}
            role="option"
            aria-selected={index === active}
            className="bt-Filter-item"
            data-kind={item.kind}
            // The input keeps the focus.
            onMouseDown={event => {
              event.preventDefault();
              take(index);
            }}
          >
            {item.text}
          </li>
        ))}
      </ul>
      {problem && (
        <p id="bt-filter-problem" className="bt-Filter-problem" role="status">
          <span aria-hidden="true">{text.slice(0, problem.start)}</span>
          <mark aria-hidden="true">{text.slice(problem.start, problem.end) || ' '}</mark>
          <br />
          {problem.message}
        </p>
      )}
    </div>
  );
}
