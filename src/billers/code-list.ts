// Lists that the operator gives of a biller, units, services and budget lines: what their entries have in common, and
// what is wrong with a list in words.

import { Type, type TProperties } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { CODE } from '../kernel/code-form.ts';
import { NamesSchema } from './biller-settings.ts';

/** Each with a code, names, and what is its `own`. */
export function listOf<P extends TProperties>(own: P) {
  const code = Type.String({ pattern: CODE });
  const entry = Type.Object({ code, name: NamesSchema, ...own }, { additionalProperties: false });
  return Type.Array(entry, { minItems: 1, maxItems: 10_000 });
}

export function listFaults(list: string, errors: readonly TLocalizedValidationError[]): string {
  return `${list}: ${errors.map(({ instancePath, message }) => `${instancePath} ${message}`).join('; ')}`;
}
