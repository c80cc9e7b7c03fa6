// XML of others, read without trusting it: no document type (so no entities of its own, no files of ours, no billion
// laughs), well formed, and within limits of depth, number and length. All XML that comes in is read here. What is held
// is the tree of elements that are kept, so that a document of any size is read by whoever forgets what he has read.

import { SaxesParser, type SaxesAttributeNS, type SaxesTagNS } from 'saxes';
import type { XmlNode } from './xml-node.ts';

const DEEPEST = 40;
const MOST_ATTRIBUTES = 100;
const LONGEST_ATTRIBUTE = 4096;
/** Characters between two tags. Nothing that a bank says comes near. */
const LONGEST_TEXT = 64 * 1024;
const NONE: ReadonlyMap<string, never> = new Map<string, never>();

/** Why a document is not read, in words. */
export class XmlFault extends Error {}

export interface XmlReading {
  /** Why a document that says that it is in this encoding is not read, in words. */
  readonly encodingFault: (declared: string) => string | undefined;
  /** Held at once. */
  readonly mostElements: number;
  /** Characters held at once. */
  readonly mostText: number;
  /** Told of each element when it closes, and of those around it, the innermost last; false: it is forgotten. */
  readonly isKept?: (node: XmlNode, around: readonly XmlNode[]) => boolean;
}

/** An element that is not closed yet. */
interface Growing extends XmlNode {
  text: string;
  children: Map<string, XmlNode[]> | ReadonlyMap<string, never>;
  /** What was held when it began. */
  readonly elements: number;
  readonly characters: number;
}

/** Every call throws XmlFault at the first fault; it is of no use then. */
export class GuardedXml {
  /** Holds the document's element. */
  readonly root: XmlNode;
  readonly #reading: XmlReading;
  readonly #parser = new SaxesParser({ xmlns: true, forceXMLVersion: true, defaultXMLVersion: '1.0' });
  readonly #open: Growing[];
  #inside: Growing;
  #elements = 0;
  #characters = 0;
  /** Characters since an element or text was complete: what the parser holds on its own. */
  #silent = 0;

  constructor(reading: XmlReading) {
    this.#reading = reading;
    this.#inside = { ...EMPTY };
    this.#open = [this.#inside];
    this.root = this.#inside;
    this.#listen();
  }

  get line(): number {
    return this.#parser.line;
  }

  /** A piece of some 64 Ki characters. */
  write(text: string): void {
    this.#silent += text.length;
    this.#parser.write(text);
    if (this.#silent > text.length + LONGEST_TEXT) throw tooLong();
  }

  close(): void {
    this.#parser.close();
  }

  /** Six handlers are the most: with a seventh V8 makes a dictionary of the parser, which takes four times as long. */
  #listen(): void {
    const parser = this.#parser;
    parser.on('error', ({ message }) => {
      throw new XmlFault(`the file is not well formed at ${message}`);
    });
    parser.on('doctype', () => {
      throw new XmlFault('the file declares a document type or entities, which are not read');
    });
    parser.on('opentag', (tag) => this.#begin(tag));
    parser.on('text', (text) => this.#takeText(text));
    parser.on('cdata', (text) => this.#takeText(text));
    parser.on('closetag', () => this.#end());
  }

  #begin({ local, uri, attributes }: SaxesTagNS): void {
    const { mostElements } = this.#reading;
    if (this.#open.length === 1) this.#checkEncoding();
    this.#silent = 0;
    const elements = this.#elements++;
    const characters = this.#characters;
    if (this.#elements > mostElements) throw new XmlFault(`the file has more than ${mostElements} elements`);
    if (this.#open.length > DEEPEST)
      throw new XmlFault(`the file nests deeper than ${DEEPEST} elements (line ${this.line})`);
    const node: Growing = {
      name: local,
      namespace: uri,
      text: '',
      attributes: this.#attributesOf(attributes),
      children: NONE,
      elements,
      characters,
    };
    this.#open.push(node);
    this.#inside = node;
  }

  #checkEncoding(): void {
    const { encoding } = this.#parser.xmlDecl;
    const fault = encoding === undefined ? undefined : this.#reading.encodingFault(encoding);
    if (fault !== undefined) throw new XmlFault(fault);
  }

  /** Without declarations of namespaces. */
  #attributesOf(attributes: Record<string, SaxesAttributeNS>): ReadonlyMap<string, string> {
    let found: Map<string, string> | undefined;
    let count = 0;
    for (const name in attributes) {
      const attribute = attributes[name];
      if (attribute === undefined) continue;
      const { prefix, local, value } = attribute;
      if (++count > MOST_ATTRIBUTES || value.length > LONGEST_ATTRIBUTE)
        throw new XmlFault(`the file has too many or too long attributes (line ${this.line})`);
      this.#hold(value.length);
      if (prefix !== 'xmlns' && name !== 'xmlns') (found ??= new Map()).set(local, value);
    }
    return found ?? NONE;
  }

  #takeText(text: string): void {
    this.#silent = 0;
    if (text.length > LONGEST_TEXT) throw tooLong();
    const inside = this.#inside;
    // What only divides elements is no text of theirs.
    if ((inside.text === '' || inside.children.size > 0) && !/\S/.test(text)) return;
    this.#hold(text.length);
    inside.text += text;
  }

  #hold(characters: number): void {
    this.#characters += characters;
    if (this.#characters > this.#reading.mostText)
      throw new XmlFault(`the file holds more than ${this.#reading.mostText} characters where few stand`);
  }

  #end(): void {
    const node = this.#inside;
    node.text = node.text.trim();
    this.#open.pop();
    const parent = this.#open.at(-1);
    if (parent === undefined) return;
    this.#inside = parent;
    if (this.#reading.isKept?.(node, this.#open) === false) {
      this.#elements = node.elements;
      this.#characters = node.characters;
      return;
    }
    if (parent.children === NONE) parent.children = new Map<string, XmlNode[]>();
    const children = parent.children as Map<string, XmlNode[]>;
    const siblings = children.get(node.name);
    if (siblings === undefined) children.set(node.name, [node]);
    else siblings.push(node);
  }
}

const EMPTY: Growing = {
  name: '',
  namespace: '',
  text: '',
  attributes: NONE,
  children: NONE,
  elements: 0,
  characters: 0,
};

function tooLong(): XmlFault {
  return new XmlFault(`the file has a text of more than ${LONGEST_TEXT} characters`);
}
