import type { TranslationBundle } from '@jupyterlab/translation';

/** How a file came into the record, in a word or two; the record's own word where it is the name of a library. */
export function wayWord(how: string | null | undefined, trans: TranslationBundle): string {
  switch (how) {
    case 'open':
      return trans.__('opened');
    case 'rename':
    case 'link':
      return trans.__('put in place');
    case 'child':
      return trans.__('by a program');
    case 'mentioned':
      return trans.__('named');
    case 'listed':
      return trans.__('folder listed');
    case 'network':
      return trans.__('fetched');
    default:
      return how ?? '';
  }
}

/** The same in a sentence, which also says what is not known. */
export function waySentence(
  how: string | null | undefined,
  trans: TranslationBundle
): string | undefined {
  switch (how) {
    case 'open':
      return trans.__('The cell opened the file, itself or by a library.');
    case 'rename':
    case 'link':
      return trans.__('The file was written under another name and then put in place.');
    case 'child':
      return trans.__('A program that the cell started was given the file, or changed it.');
    case 'mentioned':
      return trans.__(
        'The cell gave the path to a call. Whether a file that did not change was read is not known.'
      );
    case 'listed':
      return trans.__('The names in the folder were read; which of its files were is not known.');
    case 'network':
      return trans.__('The cell asked for this address. What came back has no hash.');
    default:
      return how ? trans.__('%1 opened the file.', how) : undefined;
  }
}
