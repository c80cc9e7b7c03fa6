// Runs a root of the program, `node scripts/run.mjs src/main.ts …`. Its TypeScript is bundled first, in a fraction of
// a second and only when a source has changed, so that a start reads a few files instead of a thousand and no
// compiler stays in the process (docs/adr/0013).

import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';

/** What is bundled stands below these, or beside the root. */
const SOURCES = ['src', 'docs/samples'];
const WEB = path.join('src', 'console', 'web');

const top = fileURLToPath(new URL('..', import.meta.url));
const [root, ...words] = process.argv.slice(2);
const name = path.basename(root, '.ts');
const built = path.join(top, 'dist', `${name}-${digestOfSources()}`);
if (!existsSync(built)) build();

const program = path.join(built, `${name}.js`);
process.argv.splice(1, process.argv.length - 1, program, ...words);
process.setSourceMapsEnabled(true);
await import(pathToFileURL(program).href);

/** Names, sizes and times of all sources, those beside the root too: a change of any of them is another bundle. */
function digestOfSources() {
  const hash = createHash('sha256').update(process.version);
  const folders = [...new Set([...SOURCES, path.dirname(root)])];
  const sources = folders.flatMap((folder) =>
    readdirSync(path.join(top, folder), { recursive: true }).map((file) => path.join(folder, file)),
  );
  // What browsers load is built by the console itself.
  for (const file of [...sources.filter((each) => !each.startsWith(WEB)).sort(), 'package.json']) {
    const { size, mtimeMs } = statSync(path.join(top, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Written aside and renamed: of two that start at once neither sees half of it. Older bundles are removed. */
function build() {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(path.join(top, 'package.json'), 'utf8'),
  );
  mkdirSync(path.join(top, 'dist'), { recursive: true });
  const aside = mkdtempSync(path.join(top, 'dist', '.aside-'));
  buildSync({
    entryPoints: [path.join(top, root)],
    outdir: aside,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    // typebox is seven hundred small files, which take 0.6 s to load one by one.
    external: Object.keys({ ...dependencies, ...optionalDependencies }).filter((each) => each !== 'typebox'),
  });
  for (const old of readdirSync(path.join(top, 'dist'))) {
    if (old.startsWith(`${name}-`) && old !== path.basename(built))
      rmSync(path.join(top, 'dist', old), { recursive: true, force: true });
  }
  try {
    renameSync(aside, built);
  } catch (error) {
    // Another start was quicker with the same sources.
    rmSync(aside, { recursive: true, force: true });
    if (!existsSync(built)) throw error;
  }
}
