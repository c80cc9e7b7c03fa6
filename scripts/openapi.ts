// Writes openapi/wasit.yaml from the routes' own schemas. `--check` writes nothing and fails when the committed
// document no longer says what the routes do. Needs no database: the routes are described, never called.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { describeApi } from '../src/api.ts';
import { createLog } from '../src/platform/log.ts';

const file = path.join(import.meta.dirname, '..', 'openapi', 'wasit.yaml');
const isCheck = process.argv.includes('--check');

const app = await describeApi(createLog({ level: 'error' }));
const text = stringify(app.swagger(), { lineWidth: 0, aliasDuplicateObjects: false });
await app.close();

if (!isCheck) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
} else if (committed() !== text) {
  process.stderr.write(
    'openapi/wasit.yaml is not what the routes say: run `npm run openapi` and look at the difference.\n',
  );
  process.exitCode = 1;
}

function committed(): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
