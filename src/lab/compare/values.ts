import type { TranslationBundle } from '@jupyterlab/translation';
import type { Entry, SectionName } from '../../runlog/compare.js';
import { formatBytes, formatNumber, formatValue } from '../format.js';
import type { WrittenNumber } from '../../runlog/index.js';

/** What a run has for a row, in a few words. */
export function entryText(entry: Entry, section: SectionName, trans: TranslationBundle): string {
  if (entry.kind === 'absent') {
    return '–';
  }
  const { value } = entry;
  if (isFile(value)) {
    const size = typeof value.size === 'number' ? formatBytes(value.size) : '';
    const hash = typeof value.sha256 === 'string' ? value.sha256.slice(0, 8) : trans.__('no hash');
    return [hash, size].filter(Boolean).join(' · ');
  }
  if (entry.kind === 'unknown') {
    return trans.__('not known');
  }
  if (section === 'metrics') {
    return formatNumber(value as WrittenNumber, 6);
  }
  return section === 'code' && typeof value === 'string' && /^[0-9a-f]{40}$/.test(value)
    ? value.slice(0, 7)
    : formatValue(value);
}

/** What a row is called: facts that the record names have a word, keys of the user stay as they are. */
export function rowTitle(key: string, section: SectionName, trans: TranslationBundle): string {
  if (section !== 'environment' && section !== 'code') {
    return key;
  }
  switch (key) {
    case 'interpreter':
      return trans.__('program');
    case 'platform':
      return trans.__('platform');
    case 'processor':
      return trans.__('processor');
    case 'cores':
      return trans.__('cores');
    case 'memory':
      return trans.__('memory');
    case 'GPUs':
      return trans.__('GPUs');
    case 'GPU driver':
      return trans.__('GPU driver');
    case 'commit':
      return trans.__('commit');
    case 'branch':
      return trans.__('branch');
    case 'uncommitted changes':
      return trans.__('uncommitted changes');
    default:
      return key;
  }
}

/** All that a run has for a row, as one can look it up. */
export function entryTitle(entry: Entry): string | undefined {
  if (entry.kind === 'absent' || entry.value === undefined) {
    return undefined;
  }
  return typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value, null, 1);
}

function isFile(value: unknown): value is { sha256: unknown; size?: unknown } {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'sha256');
}
