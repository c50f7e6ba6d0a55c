import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX, ReactNode } from 'react';
import { useSome } from '../more.js';
import { Breakable } from '../shortened.js';

/** Names and what they stand for, in two columns; of very many the first. */
export function Facts(props: {
  facts: readonly [ReactNode, ReactNode][];
  trans: TranslationBundle;
}): JSX.Element {
  const { some, more } = useSome(props.facts, props.trans);
  return (
    <>
      <dl className="bt-Facts">
        {some.map(([name, value], at) => (
          <div key={at}>
            <dt title={typeof name === 'string' ? name : undefined}>
              {typeof name === 'string' ? <Breakable text={name} /> : name}
            </dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {more}
    </>
  );
}
