/** Digests of pictures by what they show: without dates, names of programs and random ids in their files. */
import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import { sha256 } from '../layout.js';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
/** Those that say how pixels are to be shown; of the others some hold texts and times, and none a pixel. */
const SHOWN = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'sBIT', 'bKGD']);
/** A small file may unpack to a very large one. */
const LARGEST = 256 << 20;

const METADATA = /<!--[^]*?-->|<metadata\b[^]*?<\/metadata>/g;
const ID = /\bid=(["'])([^"']+)\1/g;
const REFERENCE = /(\bid=["']|["']#|url\(["']?#)([^"')]+)/g;

/**
 * The sha256 of what a picture shows: bytes, text, or base64 in a text. Undefined for what is no picture,
 * or none of its format.
 */
export function pictureDigest(mime: string, content: unknown): string | undefined {
  if (mime === 'image/svg+xml') {
    const text = content instanceof Uint8Array ? Buffer.from(content).toString() : content;
    return typeof text === 'string' ? sha256(withoutIds(text)) : undefined;
  }
  if (!mime.startsWith('image/')) {
    return undefined;
  }
  const bytes = typeof content === 'string' ? Buffer.from(content, 'base64') : content;
  if (!(bytes instanceof Uint8Array)) {
    return undefined;
  }
  return mime === 'image/png' ? ofPng(Buffer.from(bytes)) : sha256(bytes);
}

/** A drawing without metadata and comments, its ids replaced by their order. */
export function withoutIds(svg: string): string {
  const text = svg.replace(METADATA, '');
  const order = new Map<string, string>();
  for (const [, , id] of text.matchAll(ID)) {
    order.set(id, order.get(id) ?? `id-${order.size}`);
  }
  return text.replace(REFERENCE, (_, before: string, id: string) => before + (order.get(id) ?? id));
}

/** Of the chunks that matter, and of the lines of pixels, uncompressed but still filtered. */
function ofPng(data: Buffer): string | undefined {
  if (!data.subarray(0, SIGNATURE.length).equals(SIGNATURE)) {
    return undefined;
  }
  const found = createHash('sha256');
  const pixels: Buffer[] = [];
  for (let at = SIGNATURE.length; at + 8 <= data.length;) {
    const size = data.readUInt32BE(at);
    const kind = data.toString('latin1', at + 4, at + 8);
    const content = data.subarray(at + 8, at + 8 + size);
    if (kind === 'IDAT') {
      pixels.push(content);
    } else if (SHOWN.has(kind)) {
      found.update(kind).update(content);
    }
    at += size + 12;
  }
  try {
    found.update(inflateSync(Buffer.concat(pixels), { maxOutputLength: LARGEST }));
  } catch {
    return undefined;
  }
  return found.digest('hex');
}
