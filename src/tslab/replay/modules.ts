/** The modules that the cells of a replay import: packages, and the user's own files. */
import { symlinkSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import { existsSync, mkdirSync, readFileSync, statSync } from '../disk.js';

const IMPORT = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"](\.{1,2}\/[^'"\n]*|\.{1,2})['"]/g;
const PACKAGE =
  /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*['"]((?:@[\w.~-]+\/)?[A-Za-z][\w.~-]*)(?:\/[^'"\n]*)?['"]/g;
/** The kernel brings one, and whoever records it the other. */
const OWN = new Set(['tslab', 'backtrail']);
const ENDINGS = [
  '',
  '.ts',
  '.tsx',
  '.mts',
  '.cts',
  '.d.ts',
  '.js',
  '.mjs',
  '.cjs',
  '.jsx',
  '.json'
];

/** Has the counterparts of a folder and of those above it find the same packages. */
export function linkModules(folder: string, counterpart: (path: string) => string): void {
  for (let at = folder; ; at = dirname(at)) {
    const packages = join(at, 'node_modules');
    if (existsSync(packages)) {
      mkdirSync(counterpart(at), { recursive: true });
      symlinkSync(packages, counterpart(packages), 'junction');
    }
    if (dirname(at) === at) {
      return;
    }
  }
}

/**
 * The files that some sources import by a path, and those that these import in turn, with the
 * package.json that says how Node takes them.
 *
 * @param folder - where the sources are.
 */
export function localModules(folder: string, sources: readonly string[]): Set<string> {
  const found = new Set<string>();
  const visit = (text: string, at: string): void => {
    for (const [, name] of text.matchAll(IMPORT)) {
      for (const path of filesOf(join(at, name))) {
        if (!found.has(path)) {
          found.add(path);
          visit(readFileSync(path, 'utf8'), dirname(path));
        }
      }
    }
  };
  sources.forEach(source => visit(source, folder));
  const manifest = join(folder, 'package.json');
  return existsSync(manifest) ? found.add(manifest) : found;
}

/** The packages that some sources ask for, types included, and the files that they import by a path. */
export function packagesOfCells(folder: string, sources: readonly string[]): Set<string> {
  const texts = [...localModules(folder, sources)].map(path => readFileSync(path, 'utf8'));
  const names = [...sources, ...texts].flatMap(text => [...text.matchAll(PACKAGE)]);
  return new Set(names.map(([, name]) => name).filter(isPackage));
}

/** Whether what is asked for is a package, and none of Node's, the kernel's or Backtrail's. */
export function isPackage(name: string): boolean {
  return /^(?![./]|node:|[A-Za-z]:)/.test(name) && !isBuiltin(name) && !OWN.has(name);
}

/** The files that an import of a path may mean. */
function filesOf(path: string): string[] {
  const stems = [path, path.replace(/\.([mc]?)js$/, ''), join(path, 'index')];
  const paths = new Set(stems.flatMap(stem => ENDINGS.map(ending => stem + ending)));
  return [...paths].filter(one => existsSync(one) && statSync(one).isFile());
}
