/** `npm run build`: builds the parts whose sources changed since they were built. */
import { ensureBuilt } from './setup/build.mjs';
import { checkNode, ensureNodePackages } from './setup/node-packages.mjs';
import { runMain } from './setup/progress.mjs';

await runMain(async () => {
  checkNode();
  await ensureNodePackages();
  await ensureBuilt();
});
