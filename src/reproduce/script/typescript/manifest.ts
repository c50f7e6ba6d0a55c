/**
 * The packages that a script needs, as npm knows them.
 */

/** The modules of Node itself. */
const BUILT_IN = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel ' +
    'dns domain events fs http http2 https inspector module net os path perf_hooks process punycode ' +
    'querystring readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi ' +
    'worker_threads zlib'
  ).split(' ')
);

/** What runs a script of TypeScript. */
const TSX: readonly [string, string] = ['tsx', '4.23.15'];

/** The packages that code asks for by `require`, in the order of their names. */
export function packagesOf(codes: ReadonlyArray<string>): string[] {
  const names = codes
    .flatMap(code => [...code.matchAll(/\brequire\(\s*(["'])([^"'\n]+)\1\s*\)/g)])
    .map(([, , name]) => name)
    .filter(name => !/^(?:[./]|node:|[A-Za-z]:)/.test(name))
    .map(name => /^(?:@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name)
    .filter(name => !BUILT_IN.has(name) && name !== 'tslab' && name !== 'backtrail');
  return [...new Set(names)].sort();
}

/**
 * The lines of a package.json with exact versions.
 *
 * @param isTypescript - whether it takes `tsx` to run the script
 */
export function manifestOf(
  packages: ReadonlyArray<readonly [name: string, version: string]>,
  node: string | null,
  isTypescript: boolean
): string[] {
  const manifest = {
    private: true,
    ...(node === null ? {} : { engines: { node: `>=${node.split('.')[0]}` } }),
    dependencies: Object.fromEntries(packages),
    ...(isTypescript ? { devDependencies: Object.fromEntries([TSX]) } : {})
  };
  return JSON.stringify(manifest, null, 2).split('\n');
}
