// An element of a document that was read, and the ways into it. Prefixes do not matter, and values stay text: no number
// is guessed.

/** Children by local name, each a list; the text of a leaf. */
export interface XmlNode {
  /** Local. */
  readonly name: string;
  /** Empty: in none. */
  readonly namespace: string;
  readonly text: string;
  /** By local name. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: ReadonlyMap<string, readonly XmlNode[]>;
}

export function childrenOf(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return node?.children.get(name) ?? [];
}

/** The first of that name, one level down for each name of the path. */
export function childOf(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let at = node;
  for (const name of path) at = at?.children.get(name)?.[0];
  return at;
}

/** null: there is none, or it is empty. */
export function textOf(node: XmlNode | undefined, ...path: readonly string[]): string | null {
  const text = childOf(node, ...path)?.text;
  return text === undefined || text === '' ? null : text;
}
