import type { IRun } from '../store/protocol.js';

/** The language of a run and what ran it: `Python 3.11.2`, `TypeScript, Node 20.20.2`. */
export function kernelName({ kernel }: Pick<IRun, 'kernel'>): string {
  const version = kernel?.version ?? '';
  switch (kernel?.language) {
    case undefined:
      return '–';
    case 'typescript':
      return `TypeScript, Node ${version}`;
    case 'javascript':
      return `JavaScript, Node ${version}`;
    case 'python':
      return `Python ${version}`;
    default:
      return `${kernel?.language} ${version}`;
  }
}
