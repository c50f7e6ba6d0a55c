import type { JSX, KeyboardEvent } from 'react';

/** Tabs of which one is chosen; the arrow keys go from one to the next. Where they are too many for a line they have two. */
export function Tabs<Id extends string>(props: {
  /** What the ids of the elements begin with: `<prefix>-<tab>` and `<prefix>-panel`. */
  readonly prefix: string;
  readonly label: string;
  readonly tabs: readonly { readonly id: Id; readonly label: string }[];
  readonly current: Id;
  readonly onChange: (tab: Id) => void;
}): JSX.Element {
  const { prefix, label, tabs, current, onChange } = props;
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
    <div className="bt-Tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
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
