// Documents held to the schemas of ISO 20022 where these are at hand; without them to being well formed, and it is said so.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import type { Test } from 'tap';
import { isoSchemaFolder } from './iso-schema-folder.ts';

/** Of a message such as `pain.008.001.08`. Throws where the folder with the schemas has none of it. */
export function schemaOf(
  message: string,
): (t: Pick<Test, 'equal' | 'doesNotThrow' | 'comment'>, bytes: Buffer) => void {
  const folder = isoSchemaFolder();
  const validator =
    folder === undefined
      ? undefined
      : XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(path.join(folder, `${message}.xsd`))));
  return (t, bytes) => {
    const document = XmlDocument.fromBuffer(bytes);
    t.equal(document.root.name, 'Document');
    if (validator === undefined) t.comment(`not held to ${message}: its schema is not at hand`);
    else t.doesNotThrow(() => validator.validate(document), `valid against ${message}`);
    document.dispose();
  };
}
