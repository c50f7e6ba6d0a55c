import { expect, test } from 'vitest';
import { Load } from '../../../src/tslab/system/load.js';

/** Keeps a processor busy for so many milliseconds of its time. */
function burn(milliseconds: number): void {
  const { user, system } = process.cpuUsage();
  let used = 0;
  while (used < milliseconds * 1000) {
    const now = process.cpuUsage();
    used = now.user - user + now.system - system;
  }
}

test('what the kernel used since the last look is told in percent of one core, and memory in bytes', () => {
  const load = new Load();
  load.begin();
  load.look();
  burn(100);
  const found = load.measure();
  expect(found.get('cpu')).toBeGreaterThan(0);
  expect(found.get('machine/cpu')).toBeGreaterThan(0);
  expect(found.get('machine/cpu')).toBeLessThanOrEqual(100);
  expect(found.get('memory')).toBeGreaterThan(10 << 20);
  expect(found.get('machine/memory')).toBeGreaterThan(found.get('memory') ?? Infinity);
});

test('what the machine did is left out where nobody looked at the beginning', () => {
  const load = new Load();
  load.begin();
  burn(20);
  expect([...load.measure().keys()]).toEqual(['cpu', 'memory', 'machine/memory']);
  burn(20);
  expect([...load.measure().keys()]).toEqual(['cpu', 'machine/cpu', 'memory', 'machine/memory']);
});
