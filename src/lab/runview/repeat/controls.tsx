import type { TranslationBundle } from '@jupyterlab/translation';
import type { JSX } from 'react';
import type { RunModel } from '../model.js';
import type { IVerifySettings, RepeatModel } from './model.js';

/** The button that verifies, how it is done, and where it stands. */
export function VerifyControls(props: { model: RunModel; trans: TranslationBundle }): JSX.Element {
  const { model, trans } = props;
  const { repeat } = model;
  const { state } = repeat;
  const present = state.kind === 'gone' ? state.present : null;
  const isBusy = model.activity?.isBusy === true;
  return (
    <section className="bt-Group bt-Verify">
      {state.kind === 'working' ? (
        <Working repeat={repeat} trans={trans} />
      ) : (
        <>
          <div className="bt-Verify-start">
            <button
              type="button"
              className="bt-Button bt-mod-first"
              disabled={isBusy}
              onClick={() => void repeat.verify()}
            >
              {repeat.verdicts.length > 0 ? trans.__('Verify again') : trans.__('Verify')}
            </button>
            <span className="bt-Verify-says">
              {isBusy
                ? trans.__('A cell is running. The run can be verified when it has ended.')
                : trans.__(
                    'Runs the cells below once more, apart from your files, and compares what they come to.'
                  )}
            </span>
          </div>
          <Settings repeat={repeat} isPython={isPython(model)} trans={trans} />
        </>
      )}
      {state.kind === 'failed' && (
        <p className="bt-Notice" role="alert">
          {state.says}
        </p>
      )}
      {state.kind === 'gone' && (
        <div className="bt-Notice" role="alert">
          <p>
            {state.recorded === null
              ? trans.__('The record does not say which program ran the cells.')
              : trans.__('%1, which ran the cells, is gone.', state.recorded)}
          </p>
          {present !== null && (
            <button type="button" className="bt-Button" onClick={() => void repeat.verify(present)}>
              {trans.__('Verify with %1', present)}
            </button>
          )}
        </div>
      )}
    </section>
  );
}

function Working({
  repeat,
  trans
}: {
  repeat: RepeatModel;
  trans: TranslationBundle;
}): JSX.Element {
  const progress = repeat.state.kind === 'working' ? repeat.state.progress : null;
  const says = progress?.building
    ? trans.__('Building the environment of the run…')
    : progress
      ? trans.__('Replay %1: cell %2 of %3', progress.replay, progress.cells, progress.of)
      : trans.__('Reading the record…');
  return (
    <div className="bt-Verify-start">
      <button type="button" className="bt-Button" onClick={() => repeat.cancel()}>
        {trans.__('Cancel')}
      </button>
      <progress
        aria-label={trans.__('Verifying')}
        {...(progress?.building ? {} : { max: progress?.of ?? 1, value: progress?.cells ?? 0 })}
      />
      <span className="bt-Verify-says">{says}</span>
    </div>
  );
}

/** Whether the run is one of Python, which alone has a hash seed. */
function isPython({ run }: RunModel): boolean {
  return (run?.kernel?.language ?? 'python') === 'python';
}

function Settings({
  repeat,
  isPython,
  trans
}: {
  repeat: RepeatModel;
  isPython: boolean;
  trans: TranslationBundle;
}): JSX.Element {
  const { settings } = repeat;
  const set = (change: Partial<IVerifySettings>): void => {
    repeat.settings = { ...settings, ...change };
  };
  return (
    <details className="bt-Verify-settings">
      <summary>{trans.__('How it is verified')}</summary>
      <div>
        <NumberField
          label={trans.__('Replays')}
          least={1}
          step={1}
          value={settings.times}
          onChange={value => set({ times: Math.round(value ?? 1) })}
        />
        <NumberField
          label={trans.__('Metrics may be off by (relative)')}
          least={0}
          step="any"
          value={settings.tolerance}
          onChange={value => set({ tolerance: value ?? 0 })}
        />
        <NumberField
          label={trans.__('Time limit in seconds')}
          least={1}
          step={1}
          value={settings.timeout}
          placeholder={String(repeat.usualTimeout)}
          onChange={timeout => set({ timeout })}
        />
        <Conditions settings={settings} isPython={isPython} set={set} trans={trans} />
      </div>
    </details>
  );
}

/** Under which conditions it is replayed beside the usual ones. */
function Conditions(props: {
  settings: IVerifySettings;
  isPython: boolean;
  set: (change: Partial<IVerifySettings>) => void;
  trans: TranslationBundle;
}): JSX.Element {
  const { settings, isPython, set, trans } = props;
  return (
    <>
      <label>
        <input
          type="checkbox"
          checked={settings.stress}
          onChange={event => set({ stress: event.currentTarget.checked })}
        />
        {isPython
          ? trans.__('Also under another hash seed and on one thread')
          : trans.__('Also in another time zone and language, and on one thread')}
      </label>
      <label>
        <input
          type="checkbox"
          checked={settings.fresh}
          onChange={event => set({ fresh: event.currentTarget.checked })}
        />
        {trans.__('In a fresh environment, built from the record')}
      </label>
    </>
  );
}

function NumberField(props: {
  label: string;
  least: number;
  step: number | 'any';
  value: number | null;
  placeholder?: string;
  onChange: (value: number | null) => void;
}): JSX.Element {
  const { label, least, step, value, placeholder, onChange } = props;
  return (
    <label>
      {label}
      <input
        type="number"
        className="jp-mod-styled"
        min={least}
        step={step}
        defaultValue={value ?? ''}
        placeholder={placeholder}
        onChange={event => {
          const { value: text, valueAsNumber, validity } = event.currentTarget;
          if (validity.valid) {
            onChange(text === '' ? null : valueAsNumber);
          }
        }}
      />
    </label>
  );
}
