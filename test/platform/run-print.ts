// Prints the page in a process of its own and says its digest.
import { createHash } from 'node:crypto';
import { printPdf } from '../../src/platform/files/index.ts';
import { aPage } from './a-page.ts';

process.stdout.write(
  createHash('sha256')
    .update(await printPdf(aPage))
    .digest('hex'),
);
