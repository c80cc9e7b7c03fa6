// What the demo agency has been told by the operator, in the folder of the installation: where it is and which secrets
// it shares with Wasit (agency.json), and its keys (demo.json). Read whenever they are needed, since both may change.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { AgencyFile, DemoFile } from '../../src/demo/index.ts';

/** Throws in words for a person when there is none. */
export async function readSettings(dataDir: string): Promise<AgencyFile> {
  const settings = await readJson<AgencyFile>(path.join(dataDir, 'agency.json'));
  if (settings === undefined)
    throw new Error(
      `there is no agency.json in ${dataDir}: start Wasit first (npm start), or say where it is (WASIT_DATA_DIR)`,
    );
  return settings;
}

export interface Gateway {
  readonly baseUrl: string;
  /** By the biller's code. */
  readonly keys: ReadonlyMap<string, string>;
}

/** How Wasit is called as one of these agencies; undefined: it has not been started yet. */
export async function readGateway(dataDir: string): Promise<Gateway | undefined> {
  const demo = await readJson<DemoFile>(path.join(dataDir, 'demo.json'));
  if (demo === undefined) return undefined;
  const agencies = Object.entries(demo.clients).filter(([, { kind }]) => kind === 'agency');
  return { baseUrl: demo.baseUrl, keys: new Map(agencies.map(([code, { key }]) => [code, key])) };
}

async function readJson<T>(file: string): Promise<T | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : (JSON.parse(text) as T);
}
