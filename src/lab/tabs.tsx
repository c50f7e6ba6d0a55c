import { useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { useSize } from './react.js';

/** Tabs of which one is chosen; the arrow keys go from one to the next. */
export function Tabs<Id extends string>(props: {
  /** What the ids of the elements begin with: `<prefix>-<tab>` and `<prefix>-panel`. */
  readonly prefix: string;
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly label: string }[];
  readonly current: Id;
  readonly onChange: (tab: Id) => void;
}): JSX.Element {
  const { prefix, label, tabs, current, onChange } = props;
  const bar = useRef<HTMLDivElement>(null);
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [hidden, setHidden] = useState('');
  const { width } = useSize(element);
  /** At which ends there is more than can be seen. */
  const look = (): void => {
    if (element) {
      const { scrollLeft, scrollWidth, clientWidth } = element;
      const ends = [scrollLeft > 1 && 'start', scrollLeft + clientWidth < scrollWidth - 1 && 'end'];
      setHidden(ends.filter(Boolean).join(' '));
    }
  };
  const titles = tabs.map(tab => tab.label).join();
  useEffect(() => setElement(bar.current), []);
  useEffect(() => {
    // Where the bar is narrow it scrolls sideways; the chosen tab is always in sight.
    const tab = document.getElementById(`${prefix}-${current}`);
    if (element && tab) {
      const [from, to] = [tab.offsetLeft - EDGE, tab.offsetLeft + tab.offsetWidth + EDGE];
      element.scrollLeft = Math.min(from, Math.max(element.scrollLeft, to - element.clientWidth));
      look();
    }
  }, [element, prefix, current, width, titles]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const at = tabs.findIndex(tab => tab.id === current);
    const places: { readonly [key: string]: number } = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: tabs.length - 1
    };
    const to = places[event.key];
    if (to !== undefined) {
      const next = tabs[(to + tabs.length) % tabs.length].id;
      onChange(next);
      document.getElementById(`${prefix}-${next}`)?.focus({ preventScroll: true });
      event.preventDefault();
    }
  };
  return (
    <div
      ref={bar}
      className="bt-Tabs"
      role="tablist"
      aria-label={label}
      data-hidden={hidden || undefined}
      onKeyDown={onKeyDown}
      onScroll={look}
      onWheel={event => {
        event.currentTarget.scrollLeft += event.deltaY;
      }}
    >
      {tabs.map(tab => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${prefix}-${tab.id}`}
          aria-selected={tab.id === current}
          aria-controls={`${prefix}-panel`}
          tabIndex={tab.id === current ? 0 : -1}
          onClick={() => onChange(tab.id)}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}

/** How much of the neighbours is seen beside the chosen tab, in pixels. */
const EDGE = 28;
