// XML written strictly: elements are made by calls, so that a document is well formed by construction.

import { cut, escaped, textFault } from './xml-text.ts';

/** Elements side by side; undefined ones are left out. */
export type Content = readonly (string | undefined)[];

export function element(name: string, content: Content): string {
  return `<${name}>${content.filter((part) => part !== undefined).join('')}</${name}>`;
}

/** Refuses (RangeError) control characters and emptiness; longer than `most` is cut at a character. */
export function textElement(name: string, text: string, most: number): string {
  const fault = textFault(text);
  if (fault !== undefined) throw new RangeError(`${name} ${fault}`);
  return `<${name}>${escaped(cut(text, most))}</${name}>`;
}

/** For ids and codes, which lose their meaning when they are cut: refuses (RangeError) what does not match. */
export function codeElement(name: string, code: string, form: RegExp): string {
  if (!form.test(code)) throw new RangeError(`${name} cannot be ${JSON.stringify(code.slice(0, 60))}`);
  return `<${name}>${escaped(code)}</${name}>`;
}
