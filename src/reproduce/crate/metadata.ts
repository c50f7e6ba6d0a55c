/**
 * An export as a Workflow Run RO-Crate: the script, what it read and wrote, and the run that did so, in
 * the words of schema.org.
 *
 * #### Notes
 * Profiles: Provenance Run Crate 0.5, and with it Workflow Run Crate and Process Run Crate
 * (https://www.researchobject.org/workflow-run-crate/), on RO-Crate 1.1. The cells are the steps.
 */

import type { RunSummary } from '../../runlog/index.js';
import type { IExportedScript, ISelection } from '../export.js';
import { notebookName } from '../script/header.js';
import { stepOf } from './cells.js';
import { CrateContents, type ICrateFile } from './files.js';
import { encoded, ref, statusOf, type Entity } from './identifiers.js';
import { languageEntity, languageOf } from './language.js';
import { parametersOf, valueEntities, valuesOf } from './values.js';

const PROFILES = [
  ['https://w3id.org/ro/wfrun/process/0.5', 'Process Run Crate', '0.5'],
  ['https://w3id.org/ro/wfrun/workflow/0.5', 'Workflow Run Crate', '0.5'],
  ['https://w3id.org/ro/wfrun/provenance/0.5', 'Provenance Run Crate', '0.5'],
  ['https://w3id.org/workflowhub/workflow-ro-crate/1.0', 'Workflow RO-Crate', '1.0']
] as const;

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
  const crate = new Crate(selection, run, exported, new CrateContents(files, present));
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
    private readonly _contents: CrateContents
  ) {}

  graph(): Entity[] {
    const { executions } = this._selection.history;
    const run = this._run;
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
        hasPart: this._contents.parts,
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
      languageEntity(run),
      { '@id': '#user', '@type': 'Person', name: run.user ?? 'unknown' },
      {
        '@id': '#engine',
        '@type': 'SoftwareApplication',
        name: 'Jupyter',
        version: 'not recorded',
        url: 'https://jupyter.org/'
      },
      ...executions.flatMap((execution, index) =>
        stepOf(execution, index, this._selection, this._contents)
      ),
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
      ...valueEntities(run),
      ...this._contents.entities(this._exported.fileName)
    ];
  }

  private _workflow(): Entity {
    const { executions } = this._selection.history;
    const language = languageOf(this._run);
    return {
      '@id': this._script(),
      '@type': ['File', 'SoftwareSourceCode', 'ComputationalWorkflow', 'HowTo'],
      name: this._exported.fileName,
      description: 'A script that repeats the run.',
      encodingFormat: language.type,
      programmingLanguage: ref(language.id),
      softwareRequirements: this._exported.packages.map(words => words.join(language.joined)),
      input: parametersOf(this._run, 'params'),
      output: parametersOf(this._run, 'metrics'),
      step: executions.map(({ n }) => ref(`#step-${n}`)),
      hasPart: executions.map(({ n }) => ref(`#cell-${n}`))
    };
  }

  private _createAction(): Entity {
    const run = this._run;
    const { executions, effects } = this._selection.history;
    const all = executions.map(({ n }) => effects.get(n));
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
      object: [
        ...valuesOf(run, 'params'),
        ...this._contents.known(all.flatMap(one => one?.filesRead ?? []))
      ],
      result: [
        ...valuesOf(run, 'metrics'),
        ...this._contents.known(all.flatMap(one => one?.filesWritten ?? []))
      ]
    };
  }

  private _script(): string {
    return encoded(this._exported.fileName);
  }

  private _action(): string {
    return `#run-${this._run.id}`;
  }
}
