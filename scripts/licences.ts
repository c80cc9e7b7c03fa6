// Every package that package-lock.json names, also those of other platforms, must declare a licence that lets Wasit be
// given away under Apache-2.0. A licence that is not in the list is a decision to take, not a line to add in passing.

import fs from 'node:fs/promises';
import path from 'node:path';

const root = path.join(import.meta.dirname, '..');

const ALLOWED = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Zlib',
  'Unlicense',
  'OFL-1.1', // the fonts in reports: given away with a program, never sold alone
]);
/** Data, texts and what tests load unchanged: used by tools and no part of the program. */
const ALLOWED_IN_TOOLS = new Set([...ALLOWED, 'CC0-1.0', 'CC-BY-3.0', 'MPL-2.0']);

/** Read by a person: they declare no licence in package.json but carry its text. */
const READ: Record<string, string> = {
  'jsonc-simple-parser': 'MIT',
  'png-js': 'MIT',
  // In the old form, `licenses`:
  ssh2: 'MIT',
  buildcheck: 'MIT',
  'cpu-features': 'MIT',
};

interface Locked {
  license?: string;
  dev?: boolean;
}

const lock = JSON.parse(await fs.readFile(path.join(root, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Locked>;
};
const faults = Object.entries(lock.packages).flatMap(([place, { license, dev }]) => {
  const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
  const declared = license ?? READ[name] ?? 'no licence';
  return place === '' || fits(declared, dev ? ALLOWED_IN_TOOLS : ALLOWED) ? [] : [`${name}: ${declared}`];
});
if (faults.length > 0) {
  console.error(`not in the list of scripts/licences.ts:\n  ${faults.join('\n  ')}`);
  process.exitCode = 1;
}

/** SPDX expressions of one level: any of an OR, all of an AND. */
function fits(expression: string, allowed: ReadonlySet<string>): boolean {
  const inner = expression.replace(/^\((.*)\)$/, '$1');
  if (inner.includes(' OR ')) return inner.split(' OR ').some((one) => allowed.has(one));
  return inner.split(' AND ').every((one) => allowed.has(one));
}
