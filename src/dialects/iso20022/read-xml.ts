// XML of others, read without trusting it: UTF-8, no document type (so no entities of its own, no files of ours, no
// billion laughs), well formed, and within limits of size, depth and number. It is read in pieces between which other
// work has its turn. Prefixes do not matter.

import { setImmediate } from 'node:timers/promises';
import { isForbidden, lineAt, tokenAt, XmlFault, type Token } from './xml-token.ts';

const DEEPEST = 40;
/** A hundred for each of the 5,000 transfers that an order has at the most. */
const MOST_ELEMENTS = 500_000;
/** Characters read at a stretch: some milliseconds. */
const PIECE = 64 * 1024;
const LONGEST_REASON = 300;

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
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new XmlFault('the file is not in UTF-8');
  }
  if (isForbidden(text)) throw new XmlFault('the file is not well formed: it holds control characters');
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/i.exec(text)?.[1];
  if (declared !== undefined && !/^(?:utf-?8|us-ascii|ascii)$/i.test(declared))
    throw new XmlFault(`the file says that it is in ${declared.slice(0, 40)}; UTF-8 is read`);
  return text;
}

/** An element that is not closed yet. */
interface Growing extends XmlNode {
  text: string;
  readonly children: Map<string, XmlNode[]>;
  readonly name: string;
  readonly spaces: ReadonlyMap<string, string>;
}

async function treeOf(text: string): Promise<XmlNode> {
  const root: Growing = {
    name: '',
    namespace: '',
    text: '',
    children: new Map(),
    spaces: new Map([['', '']]),
  };
  const open = [root];
  let elements = 0;
  for (let at = 0, pausedAt = 0; at < text.length;) {
    const token = tokenAt(text, at);
    if (token.kind === 'open' && ++elements > MOST_ELEMENTS)
      throw new XmlFault(`the file has more than ${MOST_ELEMENTS} elements`);
    const fault = take(open, token);
    if (fault !== undefined) throw new XmlFault(`${fault} (line ${lineAt(text, at)})`);
    at = token.end;
    if (at - pausedAt < PIECE) continue;
    pausedAt = at;
    await setImmediate();
  }
  if (open.length > 1) throw new XmlFault('the file is not well formed: it ends inside an element');
  if (root.children.size === 0) throw new XmlFault('the file is not well formed: it has no element');
  return root;
}

/** Takes one token into the innermost open element, the last of `open`; why it cannot stand there, in words. */
function take(open: Growing[], token: Token): string | undefined {
  const inside = open.at(-1);
  if (inside === undefined) throw new Error('the root is never closed');
  const isTop = open.length === 1;
  if (token.kind === 'text') {
    if (isTop && token.text.trim() !== '') return 'the file is not well formed: text outside of elements';
    inside.text += token.text;
  } else if (token.kind === 'open') {
    if (isTop && inside.children.size > 0)
      return 'the file is not well formed: more than one outermost element';
    if (open.length > DEEPEST) return `the file nests deeper than ${DEEPEST} elements`;
    const child = bornOf(inside, token);
    if (!token.isEmpty) open.push(child);
  } else if (token.kind === 'close') {
    if (isTop || inside.name !== token.name)
      return 'the file is not well formed: the wrong element is closed';
    inside.text = inside.text.trim();
    open.pop();
  }
  return undefined;
}

function bornOf(parent: Growing, { name, spaces: declared }: Token & { kind: 'open' }): Growing {
  const spaces = declared.length === 0 ? parent.spaces : new Map([...parent.spaces, ...declared]);
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const namespace = spaces.get(prefix);
  if (namespace === undefined)
    throw new XmlFault(`the file is not well formed: the prefix ${prefix} is not declared`);
  const child: Growing = { name, namespace, text: '', children: new Map(), spaces };
  const local = name.slice(colon + 1);
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
