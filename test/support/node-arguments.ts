// How Node runs one of our programs in a process of its own: as `npm test` has built it, otherwise from its source.
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

/** `program`: the path of a source named `run-*.ts`, which is what `npm test` builds (scripts/build-tests.ts). */
export function nodeArguments(program: string): string[] {
  const folder = process.env['TEST_PROGRAMS'];
  if (folder === undefined) return ['--import', 'tsx', program];
  return ['--enable-source-maps', path.join(folder, path.relative(root, program).replace(/\.ts$/, '.js'))];
}
