/**
 * Params and metrics in a crate: what each is, and the value that it had.
 */

import { toNumber, type RunSummary } from '../../runlog/index.js';
import { encoded, ref, type Entity } from './identifiers.js';

type Kind = 'params' | 'metrics';

/** References to what a run has of a kind. */
export function parametersOf(run: RunSummary, kind: Kind): Entity[] {
  return Object.keys(run[kind]).map(key => ref(parameter(kind, key)));
}

/** References to the values of those. */
export function valuesOf(run: RunSummary, kind: Kind): Entity[] {
  return Object.keys(run[kind]).map(key => ref(value(kind, key)));
}

/** All of them. */
export function valueEntities({ params, metrics }: RunSummary): Entity[] {
  return [
    ...Object.entries(params).flatMap(([key, one]) => entities('params', key, valueText(one))),
    ...Object.entries(metrics).flatMap(([key, { last }]) =>
      entities('metrics', key, toNumber(last) ?? String(last))
    )
  ];
}

function entities(kind: Kind, key: string, is: string | number): Entity[] {
  return [
    {
      '@id': parameter(kind, key),
      '@type': 'FormalParameter',
      name: key,
      additionalType: typeof is === 'number' ? 'Number' : 'Text',
      conformsTo: ref('https://bioschemas.org/profiles/FormalParameter/1.0-RELEASE')
    },
    {
      '@id': value(kind, key),
      '@type': 'PropertyValue',
      name: key,
      value: Number.isFinite(is) || typeof is === 'string' ? is : String(is),
      exampleOfWork: ref(parameter(kind, key))
    }
  ];
}

function parameter(kind: Kind, key: string): string {
  return `#${kind}-${encoded(key)}`;
}

function value(kind: Kind, key: string): string {
  return `#${kind}-value-${encoded(key)}`;
}

function valueText(value: unknown): string | number {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}
