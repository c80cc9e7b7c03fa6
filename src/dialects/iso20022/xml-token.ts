// The next thing in an XML document: a tag, text, or something beside them. Strict, and without document types: there
// are no entities but the five of XML and numbers. Each is found in one pass, so that a reader may pause between them.

export type Token = { /** Where the next one begins. */ readonly end: number } & (
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly isEmpty: boolean;
      /** Namespaces that it declares, by prefix; the default one by ''. */
      readonly spaces: readonly (readonly [string, string])[];
    }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'aside' }
);

/** Why a document cannot be read, in words. */
export class XmlFault extends Error {}

const NAME = String.raw`[\p{L}_][\p{L}\p{M}\p{N}._-]*(?::[\p{L}_][\p{L}\p{M}\p{N}._-]*)?`;
/** Characters between two tags. Nothing that a bank says comes near, and none takes long by itself. */
const LONGEST_TEXT = 64 * 1024;
// Bounded as well.
const ATTRIBUTE = String.raw`\s+(?:${NAME})\s*=\s*(?:"[^"<]{0,4096}"|'[^'<]{0,4096}')`;
const OPEN = new RegExp(`<(${NAME})((?:${ATTRIBUTE}){0,100})\\s*(/?)>`, 'uy');
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'uy');
const DECLARATION =
  /<\?xml\s+version\s*=\s*(?:"1\.[0-9]"|'1\.[0-9]')(?:\s+encoding\s*=\s*(?:"[\w.-]+"|'[\w.-]+'))?(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>/y;
const INSTRUCTION = /<\?(?!xml[\s?])[\p{L}_][\p{L}\p{M}\p{N}._-]*(?=\s|\?>)/iuy;
const EACH = new RegExp(String.raw`(${NAME})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'gu');
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Throws XmlFault where `text` has no XML at `at`, which is before its end. */
export function tokenAt(text: string, at: number): Token {
  if (text[at] !== '<') return textFrom(text, at);
  if (text[at + 1] === '/') {
    const [tag, name] = stickyMatch(CLOSE, text, at);
    return { kind: 'close', name, end: at + tag.length };
  }
  if (text.startsWith('<?', at)) {
    stickyMatch(at === 0 && /^<\?xml\s/.test(text) ? DECLARATION : INSTRUCTION, text, at);
    return { kind: 'aside', end: endOf(text, '?>', at + 2) + 2 };
  }
  if (text.startsWith('<!--', at)) {
    const end = endOf(text, '--', at + 4);
    if (text[end + 2] !== '>') throw new XmlFault('the file is not well formed: -- stands in a comment');
    return { kind: 'aside', end: end + 3 };
  }
  if (text.startsWith('<![CDATA[', at)) {
    const end = endOf(text, ']]>', at + 9);
    return { kind: 'text', text: text.slice(at + 9, end), end: end + 3 };
  }
  if (text[at + 1] === '!')
    throw new XmlFault('the file declares a document type or entities, which are not read');
  const [tag, name, attributes, slash] = stickyMatch(OPEN, text, at);
  const isEmpty = slash === '/';
  return { kind: 'open', name, isEmpty, spaces: spacesIn(attributes), end: at + tag.length };
}

function textFrom(text: string, at: number): Token {
  const next = text.indexOf('<', at);
  const end = next < 0 ? text.length : next;
  if (end - at > LONGEST_TEXT)
    throw new XmlFault(`the file has a text of more than ${LONGEST_TEXT} characters`);
  const raw = text.slice(at, end);
  if (raw.includes(']]>')) throw new XmlFault('the file is not well formed: ]]> stands in a text');
  return { kind: 'text', text: resolved(raw), end };
}

function stickyMatch(form: RegExp, text: string, at: number): readonly [string, string, string, string] {
  form.lastIndex = at;
  const [tag, name = '', attributes = '', slash = ''] = form.exec(text) ?? [];
  if (tag === undefined)
    throw new XmlFault(`the file is not well formed: a tag is broken (line ${lineAt(text, at)})`);
  return [tag, name, attributes, slash];
}

function endOf(text: string, closing: string, from: number): number {
  const end = text.indexOf(closing, from);
  if (end < 0) throw new XmlFault(`the file is not well formed: ${closing} is missing`);
  return end;
}

function spacesIn(attributes: string): [string, string][] {
  const values = new Map<string, string>();
  for (const [, name = '', one = '', other = ''] of attributes.matchAll(EACH)) {
    if (values.has(name))
      throw new XmlFault('the file is not well formed: an attribute stands twice in a tag');
    values.set(name, resolved(one + other));
  }
  return [...values]
    .filter(([name]) => name === 'xmlns' || name.startsWith('xmlns:'))
    .map(([name, value]) => [name.slice('xmlns:'.length), value]);
}

function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:([a-z]{2,4})|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));|&/g, (_, name, decimal, hex) => {
    const known = typeof name === 'string' ? ENTITIES[name] : characterOf(decimal, hex);
    if (known === undefined) throw new XmlFault('the file is not well formed: an entity that XML has not');
    return known;
  });
}

function characterOf(decimal: unknown, hex: unknown): string | undefined {
  const code = typeof decimal === 'string' ? parseInt(decimal, 10) : parseInt(String(hex), 16);
  if (!(code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  const character = String.fromCodePoint(code);
  return isForbidden(character) ? undefined : character;
}

/** Characters that no XML document holds, as such or by number. */
export function isForbidden(text: string): boolean {
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
}

export function lineAt(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end >= 0 && end < at; end = text.indexOf('\n', end + 1)) line += 1;
  return line;
}
