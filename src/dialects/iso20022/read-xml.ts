// XML of others, read without trusting it: UTF-8, no document type (so no entities of its own, no files of ours, no
// billion laughs), well formed, and within limits of size, depth and number. It is read in pieces between which other
// work has its turn. Prefixes do not matter.

import { setImmediate } from 'node:timers/promises';
import { SaxesParser, type SaxesTagNS } from 'saxes';

const DEEPEST = 40;
/** A hundred for each of the 5,000 transfers that an order has at the most. */
const MOST_ELEMENTS = 500_000;
const MOST_ATTRIBUTES = 100;
const LONGEST_ATTRIBUTE = 4096;
/** Characters between two tags. Nothing that a bank says comes near. */
const LONGEST_TEXT = 64 * 1024;
/** Characters read at a stretch: some milliseconds. */
const PIECE = 64 * 1024;
const LONGEST_REASON = 300;

/** Why a document is not read, in words. */
class XmlFault extends Error {}

/** Children by local name, each a list; the text of a leaf. Values stay text: no number is guessed. */
export interface XmlNode {
  /** Empty: in none. */
  readonly namespace: string;
  readonly text: string;
  readonly children: ReadonlyMap<string, readonly XmlNode[]>;
}

export type ReadXml =
  { readonly ok: true; readonly root: XmlNode } | { readonly ok: false; readonly reason: string };

/** The root holds the document's element. */
export async function readXml(bytes: Buffer, largestBytes: number): Promise<ReadXml> {
  try {
    if (bytes.length > largestBytes)
      throw new XmlFault(`the file has ${bytes.length} bytes, at most ${largestBytes} are read`);
    const text = decoded(bytes);
    if (text.trim() === '') throw new XmlFault('the file is empty');
    return { ok: true, root: await treeOf(text) };
  } catch (error) {
    if (!(error instanceof XmlFault)) throw error;
    return { ok: false, reason: error.message.slice(0, LONGEST_REASON) };
  }
}

function decoded(bytes: Buffer): string {
  if (
    bytes.includes(0) ||
    bytes.subarray(0, 2).equals(Buffer.of(0xff, 0xfe)) ||
    bytes.subarray(0, 2).equals(Buffer.of(0xfe, 0xff))
  )
    throw new XmlFault('the file is in UTF-16 or UTF-32; UTF-8 is read');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new XmlFault('the file is not in UTF-8');
  }
}

/** An element that is not closed yet. */
interface Growing extends XmlNode {
  text: string;
  readonly children: Map<string, XmlNode[]>;
}

async function treeOf(text: string): Promise<XmlNode> {
  const root: Growing = { namespace: '', text: '', children: new Map() };
  const parser = parserInto(root);
  for (let at = 0; at < text.length; at += PIECE) {
    parser.write(text.slice(at, at + PIECE));
    await setImmediate();
  }
  parser.close();
  return root;
}

/** It throws XmlFault at the first fault, and is of no use then. */
function parserInto(root: Growing): SaxesParser<{ xmlns: true }> {
  // XML 1.1 allows control characters.
  const parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  const open = [root];
  let inside = root;
  let elements = 0;
  let attributes = 0;
  const takeText = (text: string): void => {
    if (text.length > LONGEST_TEXT)
      throw new XmlFault(`the file has a text of more than ${LONGEST_TEXT} characters`);
    inside.text += text;
  };
  parser.on('error', ({ message }) => {
    throw new XmlFault(`the file is not well formed at ${message}`);
  });
  parser.on('xmldecl', ({ encoding = 'utf-8' }) => {
    if (!/^(?:utf-?8|us-ascii|ascii)$/i.test(encoding))
      throw new XmlFault(`the file says that it is in ${encoding.slice(0, 40)}; UTF-8 is read`);
  });
  parser.on('doctype', () => {
    throw new XmlFault('the file declares a document type or entities, which are not read');
  });
  parser.on('opentagstart', () => {
    attributes = 0;
    if (++elements > MOST_ELEMENTS) throw new XmlFault(`the file has more than ${MOST_ELEMENTS} elements`);
    if (open.length > DEEPEST)
      throw new XmlFault(`the file nests deeper than ${DEEPEST} elements (line ${parser.line})`);
  });
  parser.on('attribute', ({ value }) => {
    if (++attributes > MOST_ATTRIBUTES || value.length > LONGEST_ATTRIBUTE)
      throw new XmlFault(`the file has too many or too long attributes (line ${parser.line})`);
  });
  parser.on('opentag', (tag) => open.push((inside = bornOf(inside, tag))));
  parser.on('text', takeText);
  parser.on('cdata', takeText);
  parser.on('closetag', () => {
    inside.text = inside.text.trim();
    open.pop();
    inside = open.at(-1) ?? root;
  });
  return parser;
}

function bornOf(parent: Growing, { local, uri }: SaxesTagNS): Growing {
  const child: Growing = { namespace: uri, text: '', children: new Map() };
  const siblings = parent.children.get(local);
  if (siblings === undefined) parent.children.set(local, [child]);
  else siblings.push(child);
  return child;
}

export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return node?.children.get(name) ?? [];
}

/** The first of that name, one level down for each name of the path. */
export function childOf(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  return path.reduce<XmlNode | undefined>((at, name) => childrenOf(at, name)[0], node);
}

/** null: there is none, or it is empty. */
export function textOf(node: XmlNode | undefined, ...path: readonly string[]): string | null {
  const text = childOf(node, ...path)?.text;
  return text === undefined || text === '' ? null : text;
}
