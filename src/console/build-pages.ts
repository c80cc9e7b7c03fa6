// Builds what browsers load, in a fraction of a second and only when a source has changed: scripts and styles under names
// that say their content, so that they may be kept for ever, each with its compressed forms beside it.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';
import { topFolder } from './top-folder.ts';

/** Of one page: names in the folder. `ahead` are scripts that `script` imports at once. */
export interface PageFiles {
  readonly script: string;
  readonly style: string;
  readonly ahead: readonly string[];
}

/** Everything that a page loads, for a worker that keeps it. */
interface KeptFiles extends PageFiles {
  readonly all: readonly string[];
}

export interface BuiltPages {
  /** Absolute. */
  readonly folder: string;
  readonly console: PageFiles;
  readonly kiosk: PageFiles;
  /** The script of the worker that keeps the kiosk. */
  readonly kioskWorker: string;
}

/** Where the files are reached. */
export const FILES_PATH = '/pages';

/** The look of all pages, for one that is written elsewhere. */
export function styleOf({ console }: Pick<BuiltPages, 'console'>): string {
  return `${FILES_PATH}/${console.style}`;
}

const WEB = 'src/console/web';
/** Words are built into the scripts. */
const SOURCES = [WEB, 'src/console/locales'];
const KIOSK_WORKER = 'kiosk-worker.js';
const LIST = 'pages.json';

/** Of two that build at once neither sees half of it. Older ones are removed. */
export async function buildPages(): Promise<BuiltPages> {
  const top = topFolder();
  const name = `pages-${await digestOfSources(top)}`;
  const folder = path.join(top, 'dist', name);
  if (!existsSync(folder)) await buildInto(top, folder);
  const pages = JSON.parse(await fs.readFile(path.join(folder, LIST), 'utf8')) as Omit<BuiltPages, 'folder'>;
  return { folder, ...pages };
}

async function digestOfSources(top: string): Promise<string> {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const below = await fs.readdir(path.join(top, source), { recursive: true, withFileTypes: true });
    const files = below
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(path.relative(top, file)).update(await fs.readFile(file));
  }
  hash.update(await fs.readFile(path.join(top, 'package.json')));
  return hash.digest('hex').slice(0, 16);
}

async function buildInto(top: string, folder: string): Promise<void> {
  await fs.mkdir(path.dirname(folder), { recursive: true });
  const aside = await fs.mkdtemp(path.join(path.dirname(folder), '.aside-'));
  const { metafile } = await build({
    entryPoints: {
      console: path.join(top, WEB, 'console.tsx'),
      kiosk: path.join(top, WEB, 'kiosk/kiosk.tsx'),
    },
    outdir: aside,
    absWorkingDir: top,
    bundle: true,
    splitting: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    metafile: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    entryNames: '[name]-[hash]',
    chunkNames: 'part-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: FILES_PATH,
    loader: { '.woff2': 'file', '.woff': 'empty' },
    logLevel: 'warning',
  });
  const { all, ...kiosk } = filesOf('kiosk/kiosk.tsx', metafile.outputs);
  await buildWorker(top, aside, all);
  const { all: _, ...console } = filesOf('console.tsx', metafile.outputs);
  const list: Omit<BuiltPages, 'folder'> = { console, kiosk, kioskWorker: KIOSK_WORKER };
  await compressBeside(aside);
  await fs.writeFile(path.join(aside, LIST), JSON.stringify(list));
  for (const old of await fs.readdir(path.dirname(folder)))
    if (old.startsWith('pages-'))
      await fs.rm(path.join(path.dirname(folder), old), { recursive: true, force: true });
  await fs.rename(aside, folder).catch(async (error: unknown) => {
    // Another start was quicker with the same sources.
    await fs.rm(aside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  });
}

type Outputs = Awaited<ReturnType<typeof build<{ metafile: true }>>>['metafile']['outputs'];

function filesOf(entry: string, outputs: Outputs): KeptFiles {
  const found = Object.entries(outputs).find(([, output]) => output.entryPoint === path.join(WEB, entry));
  if (found?.[1].cssBundle === undefined) throw new Error(`${entry} was built without a style`);
  const [script, { cssBundle }] = found;
  const fonts = (outputs[cssBundle]?.imports ?? []).filter(({ external }) => external !== true);
  const ahead = scriptsOf(script, outputs);
  const names = [script, cssBundle, ...fonts.map((font) => font.path)].map((file) => path.basename(file));
  return {
    script: path.basename(script),
    style: path.basename(cssBundle),
    ahead,
    all: [...new Set([...names, ...ahead])],
  };
}

/** What a script imports at once, and what that imports. */
function scriptsOf(script: string, outputs: Outputs): string[] {
  const found = new Set<string>();
  const look = (each: string): void => {
    for (const { kind, path: name } of outputs[each]?.imports ?? [])
      if (kind === 'import-statement' && !found.has(name)) {
        found.add(name);
        look(name);
      }
  };
  look(script);
  return [...found].map((name) => path.basename(name));
}

/** Under one name, that of its route: browsers look there for a newer one. */
async function buildWorker(top: string, folder: string, files: readonly string[]): Promise<void> {
  const kept = files.map((name) => `${FILES_PATH}/${name}`);
  await build({
    entryPoints: [path.join(top, WEB, 'kiosk/worker.ts')],
    outfile: path.join(folder, KIOSK_WORKER),
    absWorkingDir: top,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    minify: true,
    define: { KEPT_FILES: JSON.stringify(kept) },
    tsconfigRaw: {},
    logLevel: 'warning',
  });
}

const COMPRESSIBLE = /\.(js|css)$/;

async function compressBeside(folder: string): Promise<void> {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  for (const name of await fs.readdir(folder)) {
    if (!COMPRESSIBLE.test(name)) continue;
    const bytes = await fs.readFile(path.join(folder, name));
    await fs.writeFile(path.join(folder, `${name}.gz`), await promisify(gzip)(bytes, { level: 9 }));
    await fs.writeFile(path.join(folder, `${name}.br`), await promisify(brotliCompress)(bytes, quality));
  }
}
