import type { JSX, KeyboardEvent } from 'react';

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
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by) {
      const at = tabs.findIndex(tab => tab.id === current);
      const next = tabs[(at + by + tabs.length) % tabs.length].id;
      onChange(next);
      event.currentTarget.querySelector<HTMLElement>(`[id="${prefix}-${next}"]`)?.focus();
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
