import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import type { IRun } from '../store/protocol.js';
import { useBlob } from './blob.js';
import type { RunModel } from './model.js';
import { Facts } from './overview.js';
import { Patch } from './patch.js';

/** The state of the code when the run began. */
export function Code(props: { model: RunModel; run: IRun; trans: TranslationBundle }): JSX.Element {
  const { model, run, trans } = props;
  const { code } = run;
  const diff = useBlob(model, code?.diff);
  if (!code?.commit) {
    return (
      <div className="bt-Empty" role="status">
        <h3>{trans.__('No commit is known')}</h3>
        <p>{code?.reason ?? trans.__('The state of the code was not recorded.')}</p>
      </div>
    );
  }
  return (
    <section className="bt-Group">
      <Facts
        facts={[
          [trans.__('Commit'), <code key="commit">{code.commit}</code>],
          [trans.__('Branch'), code.branch ?? '–'],
          [trans.__('Repository'), code.root ?? '–'],
          [
            trans.__('Uncommitted changes'),
            code.dirty ? trans.__('yes, as below') : trans.__('none')
          ]
        ]}
        trans={trans}
      />
      {code.diff && typeof diff === 'string' && <Patch diff={diff} trans={trans} />}
      {code.diff && diff === undefined && (
        <p className="bt-Notice">{trans.__('The record of the changes is missing on disk.')}</p>
      )}
    </section>
  );
}
