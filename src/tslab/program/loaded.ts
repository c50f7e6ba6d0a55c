/** Modules of the notebook's own that Node loads by itself, past the kernel's compiler. */
import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

const FOREIGN = /[\\/]node_modules[\\/]/;
const CODE = /\.(?:[cm]?js|node)$/;

/**
 * The files that a cell asked for by a path and that Node has loaded, and those that these asked for; each with
 * the name of its import and the module itself, which is another one where the file was loaded anew.
 *
 * @param texts - what the cell asks for, as it stands in the source.
 */
export function loadedBy(
  texts: Iterable<string>
): Map<string, { readonly name: string | undefined; readonly module: object }> {
  const found = new Map<string, { name: string | undefined; module: object }>();
  const visit = (module: NodeJS.Module | undefined, name: string | undefined): void => {
    const path = module?.filename;
    if (module && path && CODE.test(path) && !FOREIGN.test(path) && !found.has(path)) {
      found.set(path, { name, module });
      module.children.forEach(child => visit(child, undefined));
    }
  };
  const { _cache: cache } = Module as unknown as {
    _cache: Record<string, NodeJS.Module | undefined>;
  };
  const asked = [...texts].filter(text => /^\.{0,2}[\\/]/.test(text));
  if (asked.length > 0) {
    // As the kernel resolves what cells ask for.
    const { resolve } = createRequire(join(process.cwd(), 'src.js'));
    for (const text of asked) {
      try {
        visit(cache[resolve(text)], text);
      } catch {
        // The compiler has it, or the cell failed for it.
      }
    }
  }
  return found;
}
