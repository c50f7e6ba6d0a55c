/** What a script is written in, as a crate tells it. */

import type { RunSummary } from '../../runlog/index.js';
import { ref, type Entity } from './identifiers.js';

/** A language of notebooks. */
export interface IScriptLanguage {
  readonly id: string;
  readonly name: string;
  /** The media type of its files. */
  readonly type: string;
  /** What stands between a package and its version. */
  readonly joined: string;
  /** Whether the version of the kernel is that of the language: of a kernel of tslab it is that of Node. */
  readonly versioned: boolean;
}

const PYTHON: IScriptLanguage = {
  id: 'https://www.python.org/',
  name: 'Python',
  type: 'text/x-python',
  joined: '==',
  versioned: true
};

const LANGUAGES: Readonly<Record<string, IScriptLanguage>> = {
  typescript: {
    id: 'https://www.typescriptlang.org/',
    name: 'TypeScript',
    type: 'application/typescript',
    joined: '@',
    versioned: false
  },
  javascript: {
    id: 'https://tc39.es/ecma262/',
    name: 'JavaScript',
    type: 'text/javascript',
    joined: '@',
    versioned: false
  }
};

/** The language of a run's kernel. */
export function languageOf(run: RunSummary): IScriptLanguage {
  return LANGUAGES[run.kernel?.language ?? ''] ?? PYTHON;
}

/** The language as an entity of a crate. */
export function languageEntity(run: RunSummary): Entity {
  const { id, name, versioned } = languageOf(run);
  return {
    '@id': id,
    '@type': 'ComputerLanguage',
    name,
    version: versioned ? (run.kernel?.version ?? undefined) : undefined,
    url: ref(id),
    identifier: ref(id)
  };
}
