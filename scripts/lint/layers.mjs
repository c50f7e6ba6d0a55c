/**
 * Which folder of `src` may import what: imports run downwards only. ESLint holds the sources to this
 * table, and docs/architecture.md explains it.
 */
import { relative, resolve, sep } from 'node:path';
import { inRoot } from '../setup/paths.mjs';

/**
 * @typedef {object} Layer
 * @property {string[]} below folders of `src` that it may import
 * @property {RegExp} packages packages that it may import
 * @property {boolean} portable it runs in a page and in Node, so it uses what only one of them has
 *   neither by import nor by name
 * @property {RegExp} [data] files outside `src` that it may import: data that Python reads as well, and looks
 */

/** @type {Record<string, Layer>} folder of `src` -> what it may import */
export const layers = {
  runlog: { below: [], packages: /^zod$/, portable: true },
  reproduce: { below: ['runlog'], packages: /^@lezer\/(common|python)$/, portable: true },
  lab: {
    below: ['runlog', 'reproduce'],
    packages:
      /^(@jupyterlab\/|@lumino\/|@codemirror\/|react(\/|$)|@tanstack\/react-virtual$|plotly\.js-dist-min$)/,
    portable: false,
    data: /^style\/(views|notebooks)\.css$/
  },
  secrets: { below: ['runlog'], packages: /^$/, portable: true },
  tslab: {
    below: ['runlog', 'secrets'],
    packages: /^node:/,
    portable: false,
    data: /^backtrail\/tracker\/hyperparameters\/vocabulary\.json$/
  },
  cli: {
    below: ['runlog', 'reproduce', 'secrets'],
    packages: /^(node:|simple-git$)/,
    portable: false
  }
};

/** Names that only a page or only Node has. */
export const hostNames = [
  ...['window', 'document', 'navigator', 'location', 'localStorage', 'sessionStorage', 'fetch'],
  ...['XMLHttpRequest', 'WebSocket', 'HTMLElement', 'requestAnimationFrame'],
  ...['process', 'Buffer', 'require', 'global', '__dirname', '__filename']
];

/**
 * @param {string} path of a file
 * @returns {string | undefined} the folder of `src` that it is in
 */
function folderOf(path) {
  const [top, folder] = relative(inRoot(), path).split(sep);
  return top === 'src' ? folder : undefined;
}

/**
 * @param {string} file that imports
 * @param {string} imported as it stands in the source
 * @returns {string | undefined} what is wrong with it
 */
export function wrongImport(file, imported) {
  const folder = folderOf(file) ?? '';
  const layer = layers[folder];
  if (!layer) {
    return undefined;
  }
  if (!imported.startsWith('.')) {
    return layer.packages.test(imported)
      ? undefined
      : `src/${folder} may not import the package ${imported}.`;
  }
  const path = resolve(file, '..', imported);
  if (layer.data?.test(relative(inRoot(), path).split(sep).join('/'))) {
    return undefined;
  }
  const other = folderOf(path);
  return other !== undefined && [folder, ...layer.below].includes(other)
    ? undefined
    : `src/${folder} may not import ${imported}: imports run downwards, and only within src.`;
}

/**
 * The rule `backtrail/layers`: every form of import and re-export, of types too.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
export const layersRule = {
  meta: {
    type: 'problem',
    docs: { description: 'Imports between the parts run downwards (scripts/lint/layers.mjs)' },
    schema: []
  },
  create(context) {
    /** @param {{ source?: unknown }} node */
    const check = node => {
      const source = /** @type {import('estree').Literal | null | undefined} */ (node.source);
      if (typeof source?.value !== 'string') {
        return;
      }
      const message = wrongImport(context.filename, source.value);
      if (message) {
        context.report({ node: source, message });
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check
    };
  }
};
