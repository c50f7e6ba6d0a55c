/** Digests of what a cell printed and displayed, as it reads without what differs each time. */
import { createHash } from 'node:crypto';
import { className } from '../looking.js';
import { sha256 } from '../layout.js';
import { pictureDigest } from './pictures.js';
import { scrub, withoutWarnings } from './scrub.js';

/** Which rules digests are made by; only those by the same rules can be compared. */
export const RULES = 2;

const PIECE = 64 << 10;

/** Of a picture of a widget that names a model of the browser's: it is another one each time. */
const PASSING = 'application/vnd.jupyter.widget-view+json';

/** The digest of all that a stream was given; null where it is never the same. */
export function streamDigest(stream: string, text: string): string | null {
  if (text.includes('\x1b[A')) {
    // Bars of progress below each other: how often they are drawn is a matter of time.
    return null;
  }
  return textDigest(stream === 'stderr' ? withoutWarnings(text) : text);
}

/** The digests of one display, by MIME type. */
export function displayDigests(bundle: Readonly<Record<string, unknown>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [mime, content] of Object.entries(bundle)) {
    if (mime !== PASSING) {
      found[mime] = pictureDigest(mime, content) ?? contentDigest(content);
    }
  }
  return found;
}

function contentDigest(content: unknown): string {
  if (content instanceof Uint8Array) {
    return sha256(content);
  }
  return textDigest(typeof content === 'string' ? content : JSON.stringify(sorted(content)));
}

/** The sha256 of the scrubbed text, in pieces that end with a line. */
function textDigest(text: string): string {
  const digest = createHash('sha256');
  for (let start = 0; start < text.length;) {
    let end = start + PIECE;
    if (end < text.length) {
      const line = text.indexOf('\n', end);
      end = line >= 0 && line - end < PIECE ? line + 1 : end;
    }
    digest.update(scrub(text.slice(start, end)));
    start = end;
  }
  return digest.digest('hex');
}

/** A value of JSON with its keys in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'bigint' ? String(value) : value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    return className(value);
  }
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
