// Documents of others, read piece by piece between which other work has its turn: UTF-8, within limits. What is held of
// them is the tree of elements that are kept, all of them unless `isKept` forgets what it has read.

import { isUtf8 } from 'node:buffer';
import { setImmediate } from 'node:timers/promises';
import { GuardedXml, XmlFault, type XmlReading } from './guarded-xml.ts';
import type { XmlNode } from './xml-node.ts';

/** Held at once. */
const MOST_ELEMENTS = 50_000;
/** Bytes read at a stretch: some milliseconds. */
const PIECE = 64 * 1024;
const LONGEST_REASON = 300;

export type ReadXml =
  { readonly ok: true; readonly root: XmlNode } | { readonly ok: false; readonly reason: string };

/** The root holds the document's element, if it is kept. */
export async function readXml(
  bytes: Buffer,
  largestBytes: number,
  isKept?: XmlReading['isKept'],
): Promise<ReadXml> {
  try {
    if (bytes.length > largestBytes)
      throw new XmlFault(`the file has ${bytes.length} bytes, at most ${largestBytes} are read`);
    checkEncoding(bytes);
    return { ok: true, root: await treeOf(bytes, isKept) };
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { ok: false, reason: error.message.slice(0, LONGEST_REASON) };
  }
}

/** What `make` makes of a document; what it finds at fault is told like a fault of form. */
export async function readXmlAs<File>(
  bytes: Buffer,
  largestBytes: number,
  { isKept, make }: { isKept: XmlReading['isKept']; make: (root: XmlNode) => File },
): Promise<{ readonly ok: true; readonly file: File } | { readonly ok: false; readonly reason: string }> {
  const read = await readXml(bytes, largestBytes, isKept);
  if (!read.ok) return read;
  try {
    return { ok: true, file: make(read.root) };
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { ok: false, reason: error.message };
  }
}

function checkEncoding(bytes: Buffer): void {
  if (
    bytes.includes(0) ||
    bytes.subarray(0, 2).equals(Buffer.of(0xff, 0xfe)) ||
    bytes.subarray(0, 2).equals(Buffer.of(0xfe, 0xff))
  )
    throw new XmlFault('the file is in UTF-16 or UTF-32; UTF-8 is read');
  if (!isUtf8(bytes)) throw new XmlFault('the file is not in UTF-8');
}

async function treeOf(bytes: Buffer, isKept: XmlReading['isKept']): Promise<XmlNode> {
  const reading = { encodingFault, mostElements: MOST_ELEMENTS, mostText: bytes.length };
  const xml = new GuardedXml({ ...reading, ...(isKept !== undefined && { isKept }) });
  const decoder = new TextDecoder('utf-8');
  let isEmpty = true;
  for (let at = 0; at < bytes.length; at += PIECE) {
    const text = decoder.decode(bytes.subarray(at, at + PIECE), { stream: true });
    isEmpty &&= text.trim() === '';
    xml.write(text);
    await setImmediate();
  }
  if (isEmpty) throw new XmlFault('the file is empty');
  xml.close();
  return xml.root;
}

function encodingFault(declared: string): string | undefined {
  if (/^(?:utf-?8|us-ascii|ascii)$/i.test(declared)) return undefined;
  return `the file says that it is in ${declared.slice(0, 40)}; UTF-8 is read`;
}
