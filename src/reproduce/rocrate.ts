/**
 * An export as a Workflow Run RO-Crate: the script, what it read and wrote, and the run that did so, in
 * the words of schema.org.
 *
 * #### Notes
 * Profiles: Provenance Run Crate 0.5, and with it Workflow Run Crate and Process Run Crate
 * (https://www.researchobject.org/workflow-run-crate/), on RO-Crate 1.1. The cells are the steps.
 */

import { toNumber, type RunSummary } from '../runlog/index.js';
import type { IExportedScript, ISelection } from './export.js';
import type { IExecution } from './history.js';
import { notebookName } from './script/header.js';

/** A file of a crate: a text, or the content with a hash, which the caller finds if it can. */
export interface ICrateFile {
  readonly path: string;
  readonly text?: string;
  readonly sha256?: string;
  /** The path in the notebook's folder, where the content may still be. */
  readonly from?: string;
}

type Entity = Readonly<Record<string, unknown>> & { readonly '@id': string };

const PROFILES = [
  ['https://w3id.org/ro/wfrun/process/0.5', 'Process Run Crate', '0.5'],
  ['https://w3id.org/ro/wfrun/workflow/0.5', 'Workflow Run Crate', '0.5'],
  ['https://w3id.org/ro/wfrun/provenance/0.5', 'Provenance Run Crate', '0.5'],
  ['https://w3id.org/workflowhub/workflow-ro-crate/1.0', 'Workflow RO-Crate', '1.0']
] as const;

/** Everything but the metadata that a crate holds. */
export function crateFiles(
  { history }: ISelection,
  run: RunSummary,
  { script, fileName }: IExportedScript,
  log: string,
  metrics: string
): ICrateFile[] {
  const files: ICrateFile[] = [
    { path: fileName, text: script },
    { path: 'record/session.jsonl', text: log },
    { path: 'record/metrics.jsonl', text: metrics }
  ];
  if (run.code?.diff) {
    files.push({ path: 'record/changes.diff', sha256: run.code.diff });
  }
  for (const [path, sha256] of Object.entries(run.code?.untracked ?? {})) {
    if (sha256) {
      files.push({ path: `code/${inside(path)}`, sha256, from: path });
    }
  }
  const seen = new Set<string>();
  for (const { n } of history.executions) {
    const { filesRead = [], filesWritten = [] } = history.effects.get(n) ?? {};
    for (const { path, sha256 } of [...filesRead, ...filesWritten]) {
      if (path && sha256 && !seen.has(`${path} ${sha256}`)) {
        seen.add(`${path} ${sha256}`);
        files.push({ path: `data/${sha256.slice(0, 8)}/${inside(path)}`, sha256, from: path });
      }
    }
  }
  return files;
}

/** What a crate lacks of its files, in sentences. */
export function missingFiles(
  files: ReadonlyArray<ICrateFile>,
  present: ReadonlySet<string>
): string[] {
  return files
    .filter(({ path }) => !present.has(path))
    .map(
      ({ path, from }) =>
        `${from ?? path} is not in the crate: the content that was recorded is gone, or is too large.`
    );
}

/**
 * The text of `ro-crate-metadata.json`.
 *
 * @param present - the paths of the files that the crate really holds
 */
export function crateMetadata(
  selection: ISelection,
  run: RunSummary,
  exported: IExportedScript,
  files: ReadonlyArray<ICrateFile>,
  present: ReadonlySet<string>
): string {
  const crate = new Crate(selection, run, exported, files, present);
  const graph = crate.graph();
  return `${JSON.stringify({ '@context': CONTEXT, '@graph': graph }, null, 2)}\n`;
}

const CONTEXT = [
  'https://w3id.org/ro/crate/1.1/context',
  'https://w3id.org/ro/terms/workflow-run/context'
];

class Crate {
  constructor(
    private readonly _selection: ISelection,
    private readonly _run: RunSummary,
    private readonly _exported: IExportedScript,
    private readonly _files: ReadonlyArray<ICrateFile>,
    private readonly _present: ReadonlySet<string>
  ) {}

  graph(): Entity[] {
    const { executions } = this._selection.history;
    const run = this._run;
    const files = this._files.filter(({ path }) => this._present.has(path));
    const parts = files.map(({ path }) => ref(encoded(path)));
    return [
      {
        '@id': 'ro-crate-metadata.json',
        '@type': 'CreativeWork',
        about: ref('./'),
        conformsTo: [
          ref('https://w3id.org/ro/crate/1.1'),
          ref('https://w3id.org/workflowhub/workflow-ro-crate/1.0')
        ]
      },
      {
        '@id': './',
        '@type': 'Dataset',
        name: `Run ${run.name ?? run.id} of ${notebookName(run)}`,
        description: `What a run of a notebook depends on, what it wrote, and a script that repeats it.`,
        datePublished: run.ended ?? run.started ?? undefined,
        license: ref('#license'),
        conformsTo: PROFILES.map(([id]) => ref(id)),
        hasPart: [...parts, ...this._absent().map(({ '@id': id }) => ref(id))],
        mainEntity: ref(this._script()),
        mentions: [ref(this._action()), ref('#engine-run')]
      },
      ...PROFILES.map(([id, name, version]) => ({
        '@id': id,
        '@type': 'CreativeWork',
        name,
        version
      })),
      {
        '@id': '#license',
        '@type': 'CreativeWork',
        name: 'No license was given',
        description: 'Whoever publishes this crate says under which terms.'
      },
      this._workflow(),
      {
        '@id': 'https://www.python.org/',
        '@type': 'ComputerLanguage',
        name: 'Python',
        version: run.kernel?.version ?? undefined,
        url: ref('https://www.python.org/'),
        identifier: ref('https://www.python.org/')
      },
      { '@id': '#user', '@type': 'Person', name: run.user ?? 'unknown' },
      {
        '@id': '#engine',
        '@type': 'SoftwareApplication',
        name: 'Jupyter',
        version: 'not recorded',
        url: 'https://jupyter.org/'
      },
      ...executions.flatMap((execution, index) => this._step(execution, index)),
      this._createAction(),
      {
        '@id': '#engine-run',
        '@type': 'OrganizeAction',
        name: 'The session of the notebook',
        agent: ref('#user'),
        instrument: ref('#engine'),
        object: executions.map(({ n }) => ref(`#control-${n}`)),
        result: ref(this._action()),
        startTime: run.started ?? undefined,
        endTime: run.ended ?? undefined
      },
      ...this._values(),
      ...files.filter(({ path }) => path !== this._exported.fileName).map(file => fileEntity(file)),
      ...this._absent()
    ];
  }

  private _workflow(): Entity {
    const { executions } = this._selection.history;
    return {
      '@id': this._script(),
      '@type': ['File', 'SoftwareSourceCode', 'ComputationalWorkflow', 'HowTo'],
      name: this._exported.fileName,
      description: 'A script that repeats the run.',
      encodingFormat: 'text/x-python',
      programmingLanguage: ref('https://www.python.org/'),
      softwareRequirements: this._exported.packages.map(([name, version]) => `${name}==${version}`),
      input: this._parameters('params'),
      output: this._parameters('metrics'),
      step: executions.map(({ n }) => ref(`#step-${n}`)),
      hasPart: executions.map(({ n }) => ref(`#cell-${n}`))
    };
  }

  private _step(execution: IExecution, index: number): Entity[] {
    const { n, count, status } = execution;
    const name = `Cell [${count ?? n}]`;
    const { filesRead = [], filesWritten = [] } = this._selection.history.effects.get(n) ?? {};
    return [
      {
        '@id': `#step-${n}`,
        '@type': 'HowToStep',
        name,
        position: String(index + 1),
        workExample: ref(`#cell-${n}`)
      },
      {
        '@id': `#cell-${n}`,
        '@type': 'SoftwareApplication',
        name,
        description: reasonsOf(this._selection, n),
        version: 'as executed',
        url: `https://jupyter.org/`
      },
      {
        '@id': `#control-${n}`,
        '@type': 'ControlAction',
        name: `Execution of cell [${count ?? n}]`,
        instrument: ref(`#step-${n}`),
        object: ref(`#execution-${n}`)
      },
      {
        '@id': `#execution-${n}`,
        '@type': 'CreateAction',
        name: `Execution of cell [${count ?? n}]`,
        instrument: ref(`#cell-${n}`),
        agent: ref('#user'),
        actionStatus: statusOf(status),
        ...(status === 'failed' && execution.error
          ? { error: `${execution.error.type}: ${execution.error.message}` }
          : {}),
        object: this._known(filesRead),
        result: this._known(filesWritten)
      }
    ];
  }

  private _createAction(): Entity {
    const run = this._run;
    const { executions, effects } = this._selection.history;
    const all = executions.map(({ n }) => effects.get(n));
    const values = this._values().filter(({ '@type': type }) => type === 'PropertyValue');
    const of = (kind: string) =>
      values
        .filter(({ '@id': id }) => id.startsWith(`#${kind}-value-`))
        .map(value => ref(value['@id']));
    return {
      '@id': this._action(),
      '@type': 'CreateAction',
      name: `Run ${run.name ?? run.id}`,
      description: run.note ?? `A run of ${notebookName(run)}.`,
      instrument: ref(this._script()),
      agent: ref('#user'),
      startTime: run.started ?? undefined,
      endTime: run.ended ?? undefined,
      actionStatus: statusOf(run.status === 'killed' ? 'failed' : run.status),
      object: [...of('params'), ...this._known(all.flatMap(one => one?.filesRead ?? []))],
      result: [...of('metrics'), ...this._known(all.flatMap(one => one?.filesWritten ?? []))]
    };
  }

  /** Params and metrics: what each is, and the value that it had. */
  private _values(): Entity[] {
    const params = Object.entries(this._run.params).map(
      ([key, value]) => ['params', key, valueText(value)] as const
    );
    const metrics = Object.entries(this._run.metrics).map(
      ([key, { last }]) => ['metrics', key, toNumber(last) ?? String(last)] as const
    );
    return [...params, ...metrics].flatMap(([kind, key, value]) => [
      {
        '@id': `#${kind}-${encoded(key)}`,
        '@type': 'FormalParameter',
        name: key,
        additionalType: typeof value === 'number' ? 'Number' : 'Text',
        conformsTo: ref('https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE')
      },
      {
        '@id': `#${kind}-value-${encoded(key)}`,
        '@type': 'PropertyValue',
        name: key,
        value: Number.isFinite(value) || typeof value === 'string' ? value : String(value),
        exampleOfWork: ref(`#${kind}-${encoded(key)}`)
      }
    ]);
  }

  private _parameters(kind: 'params' | 'metrics'): Entity[] {
    return Object.keys(this._run[kind]).map(key => ref(`#${kind}-${encoded(key)}`));
  }

  /** Files by their contents: those that the crate holds, and others that it only names. */
  private _known(files: ReadonlyArray<{ path: string; sha256: string | null }>): Entity[] {
    const ids = files
      .filter(({ path, sha256 }) => path !== '' && sha256 !== null)
      .map(({ path, sha256 }) => this._idOf(path, sha256 ?? ''));
    return [...new Set(ids)].map(ref);
  }

  private _idOf(path: string, sha256: string): string {
    const file = this._files.find(one => one.from === path && one.sha256 === sha256);
    return file && this._present.has(file.path) ? encoded(file.path) : `urn:hash::sha256:${sha256}`;
  }

  private _absent(): Entity[] {
    const absent = this._files.filter(({ path, sha256 }) => sha256 && !this._present.has(path));
    const entities = absent.map(({ sha256 = '', from = '' }) => ({
      '@id': `urn:hash::sha256:${sha256}`,
      '@type': 'File',
      name: from || 'changes.diff',
      sha256,
      description: 'Not in this crate: only its hash was recorded.'
    }));
    return [...new Map(entities.map(entity => [entity['@id'], entity])).values()];
  }

  private _script(): string {
    return encoded(this._exported.fileName);
  }

  private _action(): string {
    return `#run-${this._run.id}`;
  }
}

function fileEntity({ path, sha256, from }: ICrateFile): Entity {
  const name = from ?? path.split('/').at(-1) ?? path;
  return { '@id': encoded(path), '@type': 'File', name, ...(sha256 ? { sha256 } : {}) };
}

function reasonsOf({ slice }: ISelection, n: number): string {
  return slice.kept.find(one => one.n === n)?.reasons.join('; ') ?? '';
}

function statusOf(status: string | undefined): Entity {
  const failed = status === 'failed' || status === 'interrupted';
  return ref(`http://schema.org/${failed ? 'FailedActionStatus' : 'CompletedActionStatus'}`);
}

function valueText(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

function ref(id: string): Entity {
  return { '@id': id };
}

/** A path or a key as a part of an identifier. */
function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** A path of the notebook's folder as one that leads nowhere else. */
function inside(path: string): string {
  return path
    .split(/[\\/]/)
    .filter(part => part !== '' && part !== '.' && part !== '..' && !part.includes(':'))
    .join('/');
}
