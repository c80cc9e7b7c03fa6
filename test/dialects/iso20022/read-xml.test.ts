// XML read as libxml2 reads it: the same values, and no document that is not well formed.
import fc from 'fast-check';
import { XmlDocument, XmlElement } from 'libxml2-wasm';
import t from 'tap';
import { readXml } from '../../../src/dialects/iso20022/read-xml.ts';
import type { XmlNode } from '../../../src/dialects/iso20022/xml-node.ts';

const LARGEST = 1_000_000;

const DOCUMENT = `<?xml version="1.0" encoding="UTF-8"?>
<!-- of a bank --><p:Document xmlns:p="urn:one" xmlns='urn:two' at="1 > 0"><p:Id> W1 </p:Id><?tell it?>
<Nm>مؤسسة &amp; &lt;Co&gt; &#1585;&#x631;</Nm><Nm><![CDATA[<a> & ]]>b</Nm><Empty/><p:Deep ><x><y z = "q"/></x></p:Deep>
</p:Document>
`;

t.test('values, names and namespaces are those of libxml2', async (t) => {
  const read = await readXml(Buffer.from(DOCUMENT), LARGEST);
  if (!read.ok) throw new Error(read.reason);
  const document = XmlDocument.fromString(DOCUMENT);
  t.strictSame(read.root.children.get('Document')?.map(shown), [shownByLibrary(document.root)]);
  document.dispose();
});

t.test('what is broken anywhere is not read, unless it is well formed for libxml2 as well', async (t) => {
  // Left alone: what namespaces are called, which libxml2 has opinions about.
  const [root, inside] = [DOCUMENT.indexOf('Document'), DOCUMENT.indexOf('<p:Id')];
  const broken = fc.tuple(
    fc.oneof(fc.nat(root - 5), fc.integer({ min: inside, max: DOCUMENT.length })),
    fc.nat(3),
    fc.constantFrom('', '<', '>', '/', '&', ';', '"', ']]>', '--', '</x>', '<x>', 'a', ' ', '\u0001'),
  );
  await fc.assert(
    fc.asyncProperty(broken, async ([at, gone, put]) => {
      const text = DOCUMENT.slice(0, at) + put + DOCUMENT.slice(at + gone);
      const read = await readXml(Buffer.from(text), LARGEST);
      if (read.ok) t.ok(isWellFormed(text), `${JSON.stringify(text)} was read`);
    }),
    { numRuns: 3_000 },
  );
});

function shown(node: XmlNode): unknown {
  const children = [...node.children].map(([name, each]) => [name, each.map(shown)]);
  return [node.namespace, children.length === 0 ? node.text : children];
}

function shownByLibrary(element: XmlElement): unknown {
  const children = new Map<string, unknown[]>();
  for (const at of element.find('*'))
    if (at instanceof XmlElement)
      children.set(at.name, [...(children.get(at.name) ?? []), shownByLibrary(at)]);
  return [element.namespaceUri, children.size === 0 ? element.content.trim() : [...children]];
}

function isWellFormed(text: string): boolean {
  try {
    XmlDocument.fromString(text).dispose();
    return true;
  } catch {
    return false;
  }
}
