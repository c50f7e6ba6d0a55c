/**
 * Takes out of an output what differs from one execution to the next though nothing of the result does:
 * the rules of `backtrail/tracker/scrub.py`, held to the same cases.
 */

/** Patterns and what takes the place of their matches, in the order they apply in. */
const RULES: ReadonlyArray<readonly [pattern: RegExp, replacement: string]> = [
  // Colours and movements of a terminal.
  // eslint-disable-next-line no-control-regex
  [/\x1b\[[0-9;?]*[A-Za-z]/g, ''],
  // What a carriage return wrote over.
  [/(?<![^\n])[^\n]*\r(?=[^\n])/g, ''],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g, '<id>'],
  [/\bT_[0-9a-f]{5}(?=[_ "'{#]|$)/g, '<id>'],
  [/0x[0-9a-fA-F]{6,16}\b/g, '<address>'],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? +(?:\d{1,2} +)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: +\d{1,2})?[, ]+(?:\d{2}:\d{2}:\d{2}[ A-Z]*)?(?:\d{4})?/g,
    '<time>'
  ],
  [
    /\b\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?Z|[+-]\d{2}:?\d{2})?)?\b/g,
    '<time>'
  ],
  [/\b\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d+)?\b(?!%)/g, '<time>'],
  [/(?<![\w.<])(?:\/(?:[\w.+@~-]+\/)+[\w.+@~-]*|[A-Za-z]:\\[^\s'"<>|]+)/g, '<path>'],
  [
    /(?<![\w.])\d+(?:\.\d+)?(?:e[+-]?\d+)? ?(?:it|iter|step|epoch|batch|sample|example|token|row|img|image|s|ms|us)s?\/(?:s|sec|step|it|epoch|batch|sample)\b/g,
    '<duration>'
  ],
  [
    /(?<![\w.])\d+(?:\.\d+)?(?:e[+-]?\d+)? ?(?:ns|us|\u00b5s|\u03bcs|ms|s|secs?|seconds?|mins?|minutes?|hrs?|hours?)\b/g,
    '<duration>'
  ],
  [
    /\b((?:[Ee]lapsed|[Tt]ook|[Tt]ime|TIME|[Dd]uration|[Rr]untime|ETA|eta|[Ss]peed)(?: (?:taken|elapsed|spent|(?:per|to|for) [a-z]+))?(?: ?\([a-z]{1,8}\))?(?: is| was| of)?[ :=~]{1,4})\d[\d.]*(?:e-?\d+)?(?!\w)/g,
    '$1<duration>'
  ],
  [/(?<![\w.])\d+(?:\.\d+)? ?[KMGTkmgt]i?[Bb]\+?(?![\w])/g, '<size>']
];

/** What Node writes to stderr of its own accord, with the number of the process. */
const WARNING = /^\(node:\d+\) .*\n?(?:\(Use `node --trace-[^\n]*\n?)?/gm;

/** The text without dates, durations, speeds, addresses, absolute paths and sizes of memory. */
export function scrub(text: string): string {
  for (const [pattern, replacement] of RULES) {
    text = text.replace(pattern, replacement);
  }
  return text;
}

/** What was written to stderr without the warnings of Node. */
export function withoutWarnings(text: string): string {
  return text.includes('(node:') ? text.replace(WARNING, '') : text;
}
