import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import type { IRun } from '../store/protocol.js';
import { useBlob } from './blob.js';
import type { RunModel } from './model.js';
import { Facts } from './facts.js';
import { Patch } from './patch.js';

/** The state of the code when the run began. */
export function Code(props: { model: RunModel; run: IRun; trans: TranslationBundle }): JSX.Element {
  const { model, run, trans } = props;
  const { code } = run;
  const diff = useBlob(model, code?.diff);
  const untracked = Object.entries(code?.untracked ?? {}).map(([path, blob]): [string, string] => [
    path,
    blob ? trans.__('kept, %1', blob.slice(0, 12)) : trans.__('not kept')
  ]);
  if (!code?.commit) {
    return (
      <div className="bt-Empty" role="status">
        <h3>{trans.__('No commit is known')}</h3>
        <p>
          {code?.reason
            ? trans.__('Why: %1.', code.reason)
            : trans.__('The state of the code was not recorded.')}
        </p>
        <p>
          {trans.__(
            'The cells are kept all the same, as they were executed. With git in the folder of the notebook, the commit and the changes besides are kept too.'
          )}
        </p>
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
          ...(code.remote ? [[trans.__('Remote'), code.remote] as [string, string]] : []),
          [
            trans.__('Uncommitted changes'),
            code.dirty
              ? code.diff || untracked.length > 0
                ? trans.__('yes, as below')
                : trans.__('yes')
              : trans.__('none')
          ]
        ]}
        trans={trans}
      />
      {code.diff && typeof diff === 'string' && <Patch diff={diff} trans={trans} />}
      {code.diff && diff === undefined && (
        <p className="bt-Notice">{trans.__('The record of the changes is missing on disk.')}</p>
      )}
      {code.reason && (
        <p className="bt-Notice">{trans.__('Why not all is here: %1.', code.reason)}</p>
      )}
      {untracked.length > 0 && (
        <>
          <h3>{trans.__('Files that git did not know')}</h3>
          <Facts facts={untracked} trans={trans} />
        </>
      )}
      {(code.left_out ?? 0) > 0 && (
        <p className="bt-Wait">{trans.__('%1 more are not listed.', code.left_out)}</p>
      )}
    </section>
  );
}
