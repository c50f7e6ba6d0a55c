import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PackageTree } from '../../../src/tslab/packages/tree.js';

let home: string;

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'packages-')));
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

function install(path: string, version: string, ...needs: string[]): void {
  const folder = join(home, path);
  mkdirSync(folder, { recursive: true });
  const name = /(?:@[^/]+\/)?[^/]+$/.exec(path)?.[0];
  const dependencies = Object.fromEntries(needs.map(need => [need, '*']));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version, dependencies }));
}

function link(from: string, to: string): void {
  mkdirSync(dirname(join(home, from)), { recursive: true });
  symlinkSync(join(home, to), join(home, from));
}

/** What `.package-lock.json` says of these places. */
function note(packages: Record<string, object>): void {
  const text = JSON.stringify({ lockfileVersion: 3, packages });
  writeFileSync(join(home, 'node_modules', '.package-lock.json'), text);
}

describe('the packages of a folder', () => {
  it('are told with those within packages, two versions of one name apart', () => {
    install('node_modules/a', '1.0.0', 'b', '@s/c');
    install('node_modules/a/node_modules/b', '1.0.0');
    install('node_modules/b', '2.0.0');
    install('node_modules/@s/c', '3.0.0', 'b');
    const tree = new PackageTree(home);
    expect(tree.versions).toEqual({
      a: '1.0.0',
      'a/node_modules/b': '1.0.0',
      b: '2.0.0',
      '@s/c': '3.0.0'
    });
    expect(tree.needsOf(['a'])).toEqual({
      a: ['a/node_modules/b', '@s/c'],
      'a/node_modules/b': [],
      '@s/c': ['b'],
      b: []
    });
    expect(tree.placeOf(join(home, 'node_modules/a/node_modules/b/lib/x.js'))).toBe(
      'a/node_modules/b'
    );
    expect(tree.placeOf(join(home, 'mine.js'))).toBeUndefined();
  });

  it('lie where npm has put them, also where several share what lies in one', () => {
    install('node_modules/a', '1.0.0', 'b', 'c');
    install('node_modules/a/node_modules/b', '1.0.0', 'd');
    install('node_modules/a/node_modules/c', '1.0.0', 'd');
    install('node_modules/a/node_modules/d', '1.0.0');
    for (const name of ['b', 'c', 'd']) {
      install(`node_modules/${name}`, '2.0.0');
    }
    expect(Object.keys(new PackageTree(home).versions).sort()).toEqual(
      ['a', 'a/node_modules/b', 'a/node_modules/c', 'a/node_modules/d', 'b', 'c', 'd'].sort()
    );
  });

  it('are those of the folders above too, each getting what it gets there', () => {
    install('node_modules/a', '1.0.0', 'b');
    install('node_modules/b', '1.0.0');
    install('work/node_modules/b', '2.0.0');
    const tree = new PackageTree(join(home, 'work'));
    expect(tree.versions).toEqual({ a: '1.0.0', b: '2.0.0', 'a/node_modules/b': '1.0.0' });
    expect(tree.needsOf(['a'])).toEqual({ a: ['a/node_modules/b'], 'a/node_modules/b': [] });
  });

  it('are followed through links, as pnpm lays them', () => {
    const store = (key: string): string => `node_modules/.pnpm/${key}/node_modules`;
    install(`${store('a@1.0.0')}/a`, '1.0.0', 'b');
    install(`${store('b@1.0.0')}/b`, '1.0.0', 'a', 'c');
    install(`${store('b@2.0.0')}/b`, '2.0.0');
    install(`${store('c@1.0.0')}/c`, '1.0.0');
    link('node_modules/a', `${store('a@1.0.0')}/a`);
    link('node_modules/b', `${store('b@2.0.0')}/b`);
    link(`${store('a@1.0.0')}/b`, `${store('b@1.0.0')}/b`);
    link(`${store('b@1.0.0')}/a`, `${store('a@1.0.0')}/a`);
    link(`${store('b@1.0.0')}/c`, `${store('c@1.0.0')}/c`);
    const tree = new PackageTree(home);
    expect(tree.versions).toEqual({
      a: '1.0.0',
      b: '2.0.0',
      'a/node_modules/b': '1.0.0',
      c: '1.0.0'
    });
    expect(tree.needsOf(['a'])['a/node_modules/b']).toEqual(['a', 'c']);
    expect(tree.placeOf(join(home, store('b@1.0.0'), 'b/index.js'))).toBe('a/node_modules/b');
  });

  it('say so where they are a folder of the workspace, another one by name, or from a repository', () => {
    install('packages/mine', '1.2.0', 'other');
    link('node_modules/mine', 'packages/mine');
    install('node_modules/other', '1.0.0');
    install('node_modules/git', '1.0.0');
    install('node_modules/plain', '1.0.0');
    install('node_modules/packed', '1.0.0');
    writeFileSync(
      join(home, 'node_modules/other/package.json'),
      '{"name": "real", "version": "1.0.0"}'
    );
    note({
      'node_modules/git': {
        version: '1.0.0',
        resolved: 'git+https://me:secret@example.org/git.git#abc'
      },
      'node_modules/plain': {
        version: '1.0.0',
        resolved: 'https://example.org/plain/-/plain-1.0.0.tgz'
      },
      'node_modules/packed': { version: '1.0.0', resolved: 'file:packed.tgz' }
    });
    const tree = new PackageTree(home);
    expect(tree.versions).toEqual({
      mine: '1.2.0 file:packages/mine',
      other: '1.0.0 npm:real@1.0.0',
      git: '1.0.0 git+https://example.org/git.git#abc',
      plain: '1.0.0',
      packed: '1.0.0 file:packed.tgz'
    });
    expect(tree.placeOf(join(home, 'packages/mine/src/index.js'))).toBe('mine');
    expect(tree.needsOf(['mine'])).toEqual({ mine: ['other'], other: [] });
  });

  it('bring the types of others where they are wanted', () => {
    install('node_modules/d3', '1.0.0');
    install('node_modules/@types/d3', '1.1.0', '@types/geojson');
    install('node_modules/@types/geojson', '1.0.0');
    const tree = new PackageTree(home);
    expect(Object.keys(tree.needsOf(['d3']))).toEqual(['d3', '@types/d3', '@types/geojson']);
    expect(Object.keys(tree.needsOf(['d3'], false))).toEqual(['d3']);
  });

  it('are known to be others where one was replaced, and not where npm noted them', () => {
    install('node_modules/a', '1.0.0');
    note({ 'node_modules/a': { version: '1.0.0' } });
    const tree = new PackageTree(home);
    expect(tree.isAsRead('a')).toBe(true);
    install('node_modules/a', '1.1.0');
    expect(tree.isAsRead('a')).toBe(false);
    expect(new PackageTree(home).versions).toEqual({ a: '1.1.0' });
  });

  it('are none where there are none, and what is broken is left out', () => {
    expect(new PackageTree(home).versions).toEqual({});
    mkdirSync(join(home, 'node_modules/broken'), { recursive: true });
    writeFileSync(join(home, 'node_modules/broken/package.json'), '{');
    writeFileSync(join(home, 'node_modules/file'), '');
    install('node_modules/a', '1.0.0', 'broken', 'missing', 'a');
    const tree = new PackageTree(home);
    expect(tree.versions).toEqual({ a: '1.0.0' });
    expect(tree.needsOf(['a', 'nothing'])).toEqual({ a: ['a'] });
  });
});
