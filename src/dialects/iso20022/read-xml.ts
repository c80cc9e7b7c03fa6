// XML of others, read without trusting it: at most 20 MB of UTF-8, no document type (so no entities of its own, no
// files of ours, no billion laughs), at most 40 elements deep, well formed. Namespaces and prefixes do not matter.

import { XMLParser, XMLValidator } from 'fast-xml-parser';

const LARGEST_BYTES = 20 * 1024 * 1024;
const DEEPEST = 40;

/** Children by local name, each a list; the text of a leaf. Values stay text: no number is guessed. */
export interface XmlNode {
  readonly text: string;
  readonly children: Readonly<Record<string, readonly XmlNode[]>>;
}

export type ReadXml =
  { readonly ok: true; readonly root: XmlNode } | { readonly ok: false; readonly reason: string };

export function readXml(bytes: Buffer): ReadXml {
  if (bytes.length > LARGEST_BYTES)
    return no(`the file has ${bytes.length} bytes, at most ${LARGEST_BYTES} are read`);
  const text = decoded(bytes);
  if (typeof text !== 'string') return no(text.reason);
  if (/<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)/i.test(text))
    return no('the file declares a document type or entities, which are not read');
  if (text.trim() === '') return no('the file is empty');
  const validity = depthFault(text) ?? XMLValidator.validate(text);
  if (typeof validity === 'string') return no(validity);
  if (validity !== true)
    return no(`the file is not well formed: ${validity.err.msg} (line ${validity.err.line})`);
  try {
    return { ok: true, root: nodeOf(parser.parse(text)) };
  } catch (error) {
    return no(`the file cannot be read as XML: ${(error as Error).message}`);
  }
}

const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: DEEPEST,
});

function no(reason: string): ReadXml {
  return { ok: false, reason };
}

function decoded(bytes: Buffer): string | { reason: string } {
  if (
    bytes.includes(0) ||
    bytes.subarray(0, 2).equals(Buffer.of(0xff, 0xfe)) ||
    bytes.subarray(0, 2).equals(Buffer.of(0xfe, 0xff))
  )
    return { reason: 'the file is in UTF-16 or UTF-32; UTF-8 is read' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return { reason: 'the file is not in UTF-8' };
  }
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/i.exec(text)?.[1];
  if (declared !== undefined && !/^(?:utf-?8|us-ascii|ascii)$/i.test(declared))
    return { reason: `the file says that it is in ${declared.slice(0, 40)}; UTF-8 is read` };
  return text;
}

/** What stands between these is no element; where the end is missing, the file is not well formed. */
const ASIDE = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const;

/** Counted before anything is parsed, in one pass, so that no parser is taken down its own stack. */
function depthFault(text: string): string | undefined {
  let depth = 0;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const aside = ASIDE.find(([opening]) => text.startsWith(opening, at));
    const closing = aside?.[1] ?? '>';
    const end = text.indexOf(closing, at);
    if (end < 0) return 'the file is not well formed: it ends inside a tag';
    if (aside === undefined) depth += text[at + 1] === '/' ? -1 : text[end - 1] === '/' ? 0 : 1;
    if (depth > DEEPEST) return `the file nests deeper than ${DEEPEST} elements`;
    at = end + closing.length;
  }
  return undefined;
}

/** What the parser makes of an element: text, an object of children, or a list of either. */
function nodeOf(value: unknown): XmlNode {
  if (typeof value === 'string') return { text: value.trim(), children: {} };
  if (value === null || typeof value !== 'object') return { text: '', children: {} };
  let text = '';
  const children = new Map<string, XmlNode[]>();
  for (const [name, child] of Object.entries(value)) {
    if (name === '#text') text = String(child).trim();
    else children.set(name, (Array.isArray(child) ? child : [child]).map(nodeOf));
  }
  return { text, children: Object.fromEntries(children) };
}

export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return node?.children[name] ?? [];
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
