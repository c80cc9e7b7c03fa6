// The tests and the programs that they start, bundled once for all their processes: two hundred processes need not each
// transform a thousand sources. Remember: what a file looks for beside itself it finds beside its source.

import fs from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** Programs that tests start as processes of their own; test/support/node-arguments.ts finds them where they are built. */
const PROGRAM = /^run-[^.]*\.ts$/;

/** A new folder for what is built, below `dist/`: packages are found from there. Whoever makes it removes it. */
export async function newFolder(root: string): Promise<string> {
  await fs.mkdir(path.join(root, 'dist'), { recursive: true });
  return fs.mkdtemp(path.join(root, 'dist', 'tests-'));
}

/** Writes `test/x.test.js` for `test/x.test.ts` into the folder. */
export async function buildTests(root: string, files: readonly string[], folder: string): Promise<void> {
  await build({
    entryPoints: [...files, ...(await programs(root))].map((file) => path.join(root, file)),
    outdir: folder,
    outbase: root,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    external: await packages(root),
    plugins: [besideTheSource],
  });
}

async function programs(root: string): Promise<string[]> {
  const entries = await fs.readdir(path.join(root, 'test'), { recursive: true });
  return entries.filter((file) => PROGRAM.test(path.basename(file))).map((file) => path.join('test', file));
}

/** All but typebox, which is a thousand small files. */
async function packages(root: string): Promise<string[]> {
  const known = JSON.parse(await fs.readFile(path.join(root, 'package.json'), 'utf8')) as Record<
    string,
    object
  >;
  const { dependencies, devDependencies, optionalDependencies } = known;
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  return names.filter((name) => name !== 'typebox');
}

const besideTheSource: Plugin = {
  name: 'beside the source',
  setup: (plugged) =>
    plugged.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const text = await fs.readFile(file, 'utf8');
      if (!text.includes('import.meta')) return undefined;
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));
      return { contents, loader: 'ts' };
    }),
};
