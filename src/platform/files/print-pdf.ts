// Printing. That part of the program is loaded when something is first printed, since it takes half a second.

import type { PrintedDocument } from './printed-document.ts';

/** The same document gives the same bytes. It takes a core for some tens of milliseconds a page. */
export async function printPdf(document: PrintedDocument): Promise<Buffer> {
  const { print } = await import('./print.ts');
  return print(document);
}
