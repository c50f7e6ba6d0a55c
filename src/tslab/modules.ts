/**
 * Lets notebooks import `backtrail` where it is not installed as a package of npm: it is the tracker
 * itself, and its types lie beside it.
 */
import Module from 'node:module';
import { dirname, join } from 'node:path';
import { existsSync, readFileSync } from './disk.js';

/** What notebooks import. */
export const NAME = 'backtrail';

/** What is used of the compiler: how it looks at files. */
interface ICompilerSystem {
  directoryExists: (path: string) => boolean;
  fileExists: (path: string) => boolean;
  readFile: (path: string, encoding?: string) => string | undefined;
}

type Resolve = (request: string, ...rest: unknown[]) => string;

/**
 * Offers the module to what is imported from now on. A package of that name, where there is one, is
 * taken instead.
 *
 * @param folder - that of `index.cjs` and `index.d.ts`.
 */
export function offer(folder: string): void {
  const loader = Module as unknown as {
    _resolveFilename: Resolve;
    _cache: Record<string, NodeJS.Module | undefined>;
  };
  loader._resolveFilename = new Proxy(loader._resolveFilename, {
    apply(resolve, self, parameters: [string, ...unknown[]]) {
      const find = (): string => Reflect.apply(resolve, self, parameters);
      if (parameters[0] !== NAME) {
        return find();
      }
      try {
        return find();
      } catch {
        return join(folder, 'index.cjs');
      }
    }
  });
  for (const [path, module] of Object.entries(loader._cache)) {
    if (/typescript-for-tslab[\\/]lib[\\/]typescript\.js$/.test(path)) {
      const { sys } = (module?.exports ?? {}) as { sys?: ICompilerSystem };
      if (sys !== undefined && !isInstalled(process.cwd())) {
        offerTypes(sys, readFileSync(join(folder, 'index.d.ts'), 'utf8'));
      }
    }
  }
}

/** Shows the compiler a package in the folder of the notebook that is not there. */
function offerTypes(sys: ICompilerSystem, types: string): void {
  const folder = `${process.cwd().replaceAll('\\', '/')}/node_modules/${NAME}`;
  const file = `${folder}/index.d.ts`;
  const { directoryExists, fileExists, readFile } = sys;
  sys.directoryExists = path => path === folder || directoryExists.call(sys, path);
  sys.fileExists = path => path === file || fileExists.call(sys, path);
  sys.readFile = (path, encoding) => (path === file ? types : readFile.call(sys, path, encoding));
}

function isInstalled(folder: string): boolean {
  const isHere = existsSync(join(folder, 'node_modules', NAME));
  return isHere || (dirname(folder) !== folder && isInstalled(dirname(folder)));
}
