// Reads the `Signature-Input` and `Signature` headers: the part of RFC 8941 dictionaries that RFC 9421 needs.
// Strict on purpose: what is accepted is already in canonical form, so the text between the label and the next
// comma is the value of @signature-params as it stands. Hostile text gives a reason, never an exception.

export type Parsed<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

export interface SignatureInput {
  readonly label: string;
  /** Names of the covered components, in the order of signing. */
  readonly components: readonly string[];
  /** The inner list with its parameters, letter for letter: the value of `@signature-params`. */
  readonly params: string;
  /** Seconds since 1970, as `expires`. */
  readonly created?: number;
  readonly expires?: number;
  readonly keyid?: string;
  readonly alg?: string;
  readonly nonce?: string;
  readonly tag?: string;
}

export interface LabelledBytes {
  readonly label: string;
  /** Between the colons, not yet decoded nor known to be canonical. */
  readonly base64: string;
}

type Draft = { -readonly [name in keyof SignatureInput]: SignatureInput[name] };

/** A request with more signatures, or longer headers, is refused unread: it bounds the work of a check. */
export const MOST_SIGNATURES = 4;
export const LONGEST_HEADER = 4096;

const LABEL = /[a-z*][a-z0-9_.*-]{0,63}=/y;
const COMPONENT_LIST = /^\((?:"[^"\\]*"(?: "[^"\\]*")*)?\)$/;
const COMPONENT_NAME = /^(?:@[a-z-]+|[a-z0-9!#$%&'*+.^_`|~-]+)$/;
const INTEGER = /(?:0|[1-9][0-9]{0,14})(?=[;,\t ]|$)/y;
const PLAIN_STRING = /"[ !#-[\]-~]*"/y;
const BYTES = /:[A-Za-z0-9+/]*={0,2}:/y;
const COMMA = /[ \t]*,[ \t]*/y;

/** A client writes the same list in every request. Bounded, and forgotten whole when full. */
const componentLists = new Map<string, readonly string[]>();
const MOST_LISTS = 256;

const NO_MATCH = -1;
const TWICE = -2;
const COMPONENTS_ARE =
  'expected component names in double quotes, without parameters, one space between, such as ("@method" "@path")';
const PARAMETERS_ARE =
  'after the list come ;created= and ;expires= (whole seconds), ;keyid= ;alg= ;nonce= ;tag= (plain text in ' +
  'double quotes), without spaces, and nothing else';

/** The members of a `Signature-Input` header, at least one and at most MOST_SIGNATURES. */
export function parseSignatureInput(header: string): Parsed<SignatureInput[]> {
  return parseDictionary('Signature-Input', header, readSignatureInput);
}

/** Label and base64 text of each member of a `Signature` header. */
export function parseSignatures(header: string): Parsed<LabelledBytes[]> {
  return parseDictionary('Signature', header, readSignature);
}

type ReadMember<T> = (
  text: string,
  at: number,
  label: string,
) => { value: T; end: number } | { reason: string };

function parseDictionary<T extends { label: string }>(
  name: string,
  text: string,
  read: ReadMember<T>,
): Parsed<T[]> {
  if (text.length > LONGEST_HEADER)
    return no(name, LONGEST_HEADER, `longer than ${LONGEST_HEADER} characters`);
  const members: T[] = [];
  let at = 0;
  for (;;) {
    const valueAt = end(LABEL, text, at);
    if (valueAt < 0) return no(name, at, 'expected a label in lower case and "=", such as sig1=');
    const label = text.slice(at, valueAt - 1);
    if (members.some((member) => member.label === label))
      return no(name, at, `the label ${label} is there twice`);
    if (members.length === MOST_SIGNATURES) return no(name, at, `more than ${MOST_SIGNATURES} signatures`);
    const member = read(text, valueAt, label);
    if ('reason' in member) return no(name, at, `${label}: ${member.reason}`);
    members.push(member.value);
    if (member.end === text.length) return { ok: true, value: members };
    at = end(COMMA, text, member.end);
    if (at < 0) return no(name, member.end, 'expected the end, or a comma and another label');
  }
}

function readSignatureInput(
  text: string,
  start: number,
  label: string,
): ReturnType<ReadMember<SignatureInput>> {
  const listEnd = text.indexOf(')', start) + 1;
  const list = text.slice(start, listEnd);
  const components = componentLists.get(list) ?? readComponents(list);
  if ('reason' in components) return components;
  const input: Draft = { label, components, params: '' };
  let at = listEnd;
  while (text[at] === ';') {
    const equals = text.indexOf('=', at);
    const name = text.slice(at + 1, Math.max(equals, at + 1));
    const stop = readParameter(input, name, text, equals + 1);
    if (stop === TWICE) return { reason: `the parameter ${name} is there twice` };
    if (stop < 0) return { reason: PARAMETERS_ARE };
    at = stop;
  }
  input.params = text.slice(start, at);
  return { value: input, end: at };
}

/** Where the parameter's value ends; negative when the name or the value is none of ours. */
function readParameter(input: Draft, name: string, text: string, at: number): number {
  switch (name) {
    case 'created':
    case 'expires': {
      if (input[name] !== undefined) return TWICE;
      const stop = end(INTEGER, text, at);
      if (stop >= 0) input[name] = Number(text.slice(at, stop));
      return stop;
    }
    case 'keyid':
    case 'alg':
    case 'nonce':
    case 'tag': {
      if (input[name] !== undefined) return TWICE;
      const stop = end(PLAIN_STRING, text, at);
      if (stop >= 0) input[name] = text.slice(at + 1, stop - 1);
      return stop;
    }
  }
  return NO_MATCH;
}

function readComponents(list: string): readonly string[] | { reason: string } {
  if (!COMPONENT_LIST.test(list)) return { reason: COMPONENTS_ARE };
  const components = list === '()' ? [] : list.slice(2, -2).split('" "');
  const odd = components.find((name) => !COMPONENT_NAME.test(name));
  if (odd !== undefined)
    return { reason: `${JSON.stringify(odd.slice(0, 64))} is not a component name in lower case` };
  const twice = components.find((name, index) => components.indexOf(name) !== index);
  if (twice !== undefined) return { reason: `the component "${twice.slice(0, 64)}" is there twice` };
  if (componentLists.size >= MOST_LISTS) componentLists.clear();
  componentLists.set(list, components);
  return components;
}

function readSignature(text: string, start: number, label: string): ReturnType<ReadMember<LabelledBytes>> {
  const stop = end(BYTES, text, start);
  if (stop < 0) return { reason: 'expected base64 between colons, such as :AAAA:' };
  return { value: { label, base64: text.slice(start + 1, stop - 1) }, end: stop };
}

/** Where the match that starts at `at` ends; NO_MATCH when there is none. */
function end(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : NO_MATCH;
}

function no(header: string, at: number, what: string): Parsed<never> {
  return { ok: false, reason: `${header}, character ${at + 1}: ${what}` };
}
