/**
 * The packages that a script needs, as npm knows them.
 */

import type { IOverrides } from './overrides.js';

/** The modules of Node itself. */
const BUILT_IN = new Set(
  (
    'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel ' +
    'dns domain events fs http http2 https inspector module net os path perf_hooks process punycode ' +
    'querystring readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi ' +
    'worker_threads zlib'
  ).split(' ')
);

/** In characters, of a line of entries. */
const WIDEST = 110;

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
 * @param overrides - the versions of what the packages need
 * @param isTypescript - whether it takes `tsx` to run the script
 */
export function manifestOf(
  packages: ReadonlyArray<readonly [name: string, version: string]>,
  node: string | null,
  isTypescript: boolean,
  overrides: IOverrides = {}
): string[] {
  const manifest = {
    private: true,
    ...(node === null ? {} : { engines: { node: `>=${node.split('.')[0]}` } }),
    dependencies: Object.fromEntries(packages),
    ...(isTypescript ? { devDependencies: Object.fromEntries([TSX]) } : {})
  };
  const lines = JSON.stringify(manifest, null, 2).split('\n');
  return Object.keys(overrides).length === 0
    ? lines
    : [...lines.slice(0, -2), `${lines.at(-2)},`, ...folded('overrides', overrides), '}'];
}

/** A field of many short entries, as few lines as there can be. */
function folded(name: string, entries: IOverrides): string[] {
  const lines = [''];
  for (const [key, value] of Object.entries(entries)) {
    const text = `${JSON.stringify(key)}: ${JSON.stringify(value)},`;
    const line = lines[lines.length - 1];
    if (line.length + text.length > WIDEST) {
      lines.push(text);
    } else {
      lines[lines.length - 1] = line === '' ? text : `${line} ${text}`;
    }
  }
  const [last] = lines.splice(-1);
  return [
    `  ${JSON.stringify(name)}: {`,
    ...[...lines, last.replace(/,$/, '')].map(line => `    ${line}`),
    '  }'
  ];
}
