// Where the schemas of ISO 20022 are: in the folder that WASIT_ISO_SCHEMAS names, else in `shared/iso20022` beside the
// repository or beside a folder that it lies in. They are not the project's own to give away.
import { existsSync } from 'node:fs';
import path from 'node:path';

/** undefined: they are not at hand. Throws where the variable names a folder that holds none. */
export function isoSchemaFolder(): string | undefined {
  const named = process.env['WASIT_ISO_SCHEMAS'];
  if (named !== undefined && named !== '') {
    if (!hasSchemas(named)) throw new Error(`WASIT_ISO_SCHEMAS: there is no pain.008.001.08.xsd in ${named}`);
    return named;
  }
  const above = (folder: string): readonly string[] => {
    const next = path.dirname(folder);
    return next === folder ? [] : [next, ...above(next)];
  };
  return above(path.resolve(import.meta.dirname, '../..'))
    .map((folder) => path.join(folder, 'shared/iso20022'))
    .find(hasSchemas);
}

function hasSchemas(folder: string): boolean {
  return existsSync(path.join(folder, 'pain.008.001.08.xsd'));
}
