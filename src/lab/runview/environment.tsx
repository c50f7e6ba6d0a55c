import type { TranslationBundle } from '@jupyterlab/translation';
import { useMemo, type JSX } from 'react';
import { isObject } from '../../runlog/index.js';
import { formatBytes } from '../format.js';
import { useSearch } from '../more.js';
import type { IRun } from '../store/protocol.js';
import { useBlob } from './blob.js';
import type { RunModel } from './model.js';
import type { INewest } from './newest.js';
import { Facts } from './facts.js';
import { SinceThen } from './sincethen.js';

/** The interpreter, the platform and the packages of the run. */
export function Environment(props: {
  model: RunModel;
  run: IRun;
  newest: (run: IRun) => Promise<INewest | null>;
  trans: TranslationBundle;
}): JSX.Element {
  const { model, run, newest, trans } = props;
  const { environment } = run;
  const text = useBlob(model, environment?.packages);
  const packages = useMemo(() => readPackages(text), [text]);
  const { found, field } = useSearch(packages, ([name]) => name, trans.__('Filter packages'));
  if (!environment) {
    return (
      <div className="bt-Empty" role="status">
        <h3>{trans.__('The environment was not recorded')}</h3>
        <p>
          {trans.__(
            'It is found out beside the cells: a kernel that ends within seconds may have none.'
          )}
        </p>
      </div>
    );
  }
  return (
    <>
      <SinceThen model={model} run={run} newest={newest} trans={trans} />
      <section className="bt-Group">
        <h3>{trans.__('The kernel of this run')}</h3>
        <Facts
          facts={[
            [environment.node ? 'Node' : 'Python', environment.node ?? environment.python ?? '–'],
            ...tslabOf(environment),
            [trans.__('Program'), environment.executable ?? '–'],
            [trans.__('Platform'), environment.platform ?? '–'],
            ...machine(environment, trans)
          ]}
          trans={trans}
        />
      </section>
      {text === undefined && (
        <p className="bt-Notice">{trans.__('The list of packages is missing on disk.')}</p>
      )}
      {packages.length > 0 && (
        <section className="bt-Group">
          <h3>{trans.__('Packages (%1)', packages.length)}</h3>
          {field}
          <Facts facts={found} trans={trans} />
        </section>
      )}
    </>
  );
}

/** The kernel that ran TypeScript or JavaScript. */
function tslabOf({ tslab }: NonNullable<IRun['environment']>): [string, string][] {
  const version = isObject(tslab) ? tslab.version : undefined;
  return typeof version === 'string' ? [['tslab', version]] : [];
}

/** What is known of the machine and of where the packages are. */
function machine(
  environment: NonNullable<IRun['environment']>,
  trans: TranslationBundle
): [string, string][] {
  const { cpu, memory, gpus, cuda, conda, venv, threads, variables } = environment;
  const numbered = (entries: [string, unknown][]): string =>
    entries.map(([name, value]) => `${name} = ${String(value)}`).join(', ');
  const facts: [string, string | null | undefined][] = [
    [trans.__('Processor'), cpu?.model && (cpu.count ? `${cpu.model} × ${cpu.count}` : cpu.model)],
    [trans.__('Memory'), memory ? formatBytes(memory) : null],
    [
      trans.__('GPUs'),
      gpus
        ?.map(({ name, memory }) => (memory ? `${name} (${formatBytes(memory)})` : name))
        .join(', ')
    ],
    [trans.__('Driver'), gpus?.[0]?.driver],
    ['CUDA', cuda],
    ['conda', conda],
    ['venv', venv],
    [trans.__('Threads'), numbered(Object.entries(threads ?? {}))],
    [
      trans.__('Environment variables'),
      numbered(Object.entries(variables ?? {}).filter(([, value]) => value !== null))
    ]
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

/** Names and versions by name; nothing where the text is not what it should be. */
function readPackages(text: string | null | undefined): [string, string][] {
  try {
    const found: unknown = JSON.parse(text ?? '{}');
    return Object.entries(found as Record<string, unknown>)
      .map(([name, version]): [string, string] => [name, String(version)])
      .sort(([a], [b]) => a.localeCompare(b));
  } catch {
    return [];
  }
}
