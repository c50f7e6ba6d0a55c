/**
 * Which distributions a script depends on.
 */

import type { IHistory } from '../history.js';

/** Modules whose distribution has another name, where the name alone does not tell. */
const distributions: Readonly<Record<string, string>> = {
  bs4: 'beautifulsoup4',
  cv2: 'opencv-python',
  dateutil: 'python-dateutil',
  dotenv: 'python-dotenv',
  fitz: 'pymupdf',
  git: 'gitpython',
  jwt: 'pyjwt',
  magic: 'python-magic',
  mpl_toolkits: 'matplotlib',
  OpenSSL: 'pyopenssl',
  PIL: 'pillow',
  pkg_resources: 'setuptools',
  serial: 'pyserial',
  skimage: 'scikit-image',
  sklearn: 'scikit-learn',
  umap: 'umap-learn',
  yaml: 'pyyaml',
  zmq: 'pyzmq'
};

/** What others compute with without saying so in a cell: its version counts all the same. */
const foundations: ReadonlySet<string> = new Set(['numpy', 'scipy']);

/**
 * The distributions that cells imported, with their versions, sorted by name.
 *
 * @param whole - everything that was executed, with the imports that the tracker saw
 * @param history - what of it the script has
 * @param installed - every distribution of the environment, from the session's package list
 * @param modules - the modules that the cells name. A kernel has some of them loaded before its first
 *   cell, so that no execution is the one that imported them.
 */
export function dependencies(
  whole: IHistory,
  history: IHistory,
  installed: Readonly<Record<string, string>>,
  modules: Iterable<string>
): Array<[name: string, version: string]> {
  const found = new Map<string, [string, string]>();
  const known = new Map<string, [string, string]>();
  for (const packages of [installed, ...whole.imports.map(event => event.packages)]) {
    for (const [name, version] of Object.entries(packages)) {
      known.set(normal(name), [name, version]);
    }
  }
  const imported = new Set(history.imports);
  for (const event of whole.imports) {
    for (const [name, version] of event.n > 0 ? Object.entries(event.packages) : []) {
      if (imported.has(event) || foundations.has(normal(name))) {
        found.set(normal(name), [name, version]);
      }
    }
  }
  for (const module of modules) {
    const name = normal(distributions[module] ?? module);
    const distribution = known.get(name);
    if (distribution) {
      found.set(name, distribution);
    }
  }
  found.delete('backtrail');
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, distribution]) => distribution);
}

/** The name by which an index knows a distribution (PEP 503). */
function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
