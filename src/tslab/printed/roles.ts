/** What each number of a printed line is: a metric, its step, how many there are of something, or nothing. */
import * as words from '../names/words.js';
import { type INumber, Judging, type Names, SWEPT } from './judging.js';
import { labelled } from './labelled.js';
import { type ILabel, labelOf, pair, phrase, WORDY } from './labels.js';
import { taken, takesTotal } from './ratios.js';
import { type Role, role } from './role.js';
import { isPlusMinus, spread, toldWithSpread } from './spreads.js';
import { isChange } from './told.js';
import { judgeTogether } from './together.js';
import { unlabelled } from './unlabelled.js';
import { afterName, PART } from './whose.js';

const OPENED = /[[(][^()[\]]*$/;
const CLOSED = /^[^()[\]|,;:=]*[)\]]\s*(?:[:=]|->|is\b)\s*$/;
const MOST_KNOWN = 2048;

const known = new Map<string, readonly Role[]>();

/**
 * What each number of a line is. It depends on the texts alone, so that a loop pays for it once.
 *
 * @param texts - those around the numbers.
 * @param whole - of each number, whether it is an integer.
 * @param names - what the code calls each number, where that is known.
 */
export function roles(
  texts: readonly string[],
  whole: readonly boolean[],
  names: Names
): readonly Role[] {
  const key = JSON.stringify([texts, whole, names]);
  let found = known.get(key);
  if (found === undefined) {
    if (known.size >= MOST_KNOWN) {
      known.clear();
    }
    known.set(key, (found = judge(new Judging(texts, whole, names))));
  }
  return found;
}

function judge(line: Judging): readonly Role[] {
  for (let index = 0; index < line.whole.length; index++) {
    line.labels.push('');
    line.found.push(roleAt(line, index));
  }
  judgeTogether(line);
  const { lead } = line;
  return lead === ''
    ? line.found
    : line.found.map(one =>
        one?.kind === 'metric' && !one.name.includes('/')
          ? { ...one, name: `${one.name}/${lead}` }
          : one
      );
}

function roleAt(line: Judging, index: number): Role {
  const text = line.texts[index].slice(line.counted);
  const before = line.lead === '' ? text : afterName(text, line.lead);
  const after = line.texts[index + 1];
  line.counted = 0;
  if (index > 0 && takesTotal(before)) {
    return taken(line, index);
  }
  if (index > 0 && isPlusMinus(before)) {
    return spread(line);
  }
  if (line.names[index] === PART) {
    return undefined;
  }
  const [given, row = ''] = line.names[index]?.split('//')[0].split('/') ?? [];
  let own = given === '' ? undefined : given;
  if (own?.endsWith(SWEPT)) {
    own = own.slice(0, -SWEPT.length);
    line.isSwept = index === 0 && !line.isLast(0);
  }
  line.row = row;
  const told = toldWithSpread(line, index, before, after);
  if (told !== null) {
    return told;
  }
  if (index > 0 && isChange(before, line.texts[0])) {
    line.found[index - 1] = undefined;
    return undefined;
  }
  const said = before.slice(0, OPENED.exec(before)?.index ?? 0);
  if (WORDY.test(said) && CLOSED.test(after) && !line.isLast(index)) {
    // avg reward (last 100): -0.3
    line.carried = labelOf(said, line.group).words;
    return undefined;
  }
  const number = { index, before, after, own };
  return WORDY.test(before) ? roleOfLabelled(line, number) : unlabelled(line, number);
}

function roleOfLabelled(line: Judging, number: INumber): Role {
  const { index, before, after } = number;
  const label = labelOf(before, line.group);
  if (takesTotal(after) && !line.isLast(index)) {
    const both = pair(label.words);
    line.second = both?.[1] ?? '';
    if (both !== undefined) {
      return role('metric', both[0]);
    }
  }
  line.group = label.split;
  line.labels[index] = words.normal(label.words.join(' '));
  if (label.words.length === 0) {
    return unlabelled(line, { ...number, before: '' });
  }
  const { carried } = line;
  line.carried = [];
  const found = labelled(line, number, label);
  const isTaken = carried.length > 0 && !found?.isSure;
  return (isTaken ? ofCarried(line, carried, label, before) : undefined) ?? found;
}

/** `Accuracy on the 10000 test images: 53 %`, `Accuracy after 5 epochs: 0.9`: the first words name it. */
function ofCarried(line: Judging, carried: readonly string[], label: ILabel, before: string): Role {
  const name = words.normal(carried.join(' '));
  if (!words.isMetric(name) || !/[:=]\s*$|\bis\s*$/.test(before)) {
    return undefined;
  }
  line.carried = [];
  return role('metric', phrase(carried, words.splitOf(words.normal(label.words.join(' ')))));
}
