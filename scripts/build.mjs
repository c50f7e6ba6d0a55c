/** `npm run build`: builds the parts whose sources changed; `--clean` builds everything anew. */
import { clean, ensureBuilt } from './setup/build.mjs';
import { checkNode, ensureNodePackages } from './setup/node-packages.mjs';
import { runMain } from './setup/progress.mjs';

await runMain(async () => {
  checkNode();
  await ensureNodePackages();
  if (process.argv.includes('--clean')) {
    clean();
  }
  await ensureBuilt();
});
