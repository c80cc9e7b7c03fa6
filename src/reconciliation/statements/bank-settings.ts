// How the statements of a bank are read and fetched: its encoding, how it writes CSV, and its folder at SFTP, reached by
// the account through which orders are handed over. A drop folder needs no setting: it is `statements/<bank>`.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { PickupSchema } from '../../orders/index.ts';
import { CsvMappingSchema } from './csv-mapping.ts';

const closed = { additionalProperties: false };

export const BankSettingsSchema = Type.Object(
  {
    encoding: Type.Optional(Type.Enum(['utf-8', 'windows-1256', 'windows-1252', 'iso-8859-1', 'iso-8859-6'])),
    csv: Type.Optional(CsvMappingSchema),
    pickup: Type.Optional(PickupSchema),
  },
  closed,
);
export type BankSettings = Static<typeof BankSettingsSchema>;

const validator = Compile(BankSettingsSchema);
type Fault = ReturnType<typeof validator.Errors>[number];

/** Or everything that is wrong with them, in words. */
export function readBankSettings(json: unknown): { settings: BankSettings } | { faults: string[] } {
  if (validator.Check(json)) return { settings: json };
  const faults = validator.Errors(json).flatMap((fault) => {
    const what = wordsFor(fault);
    return what === undefined
      ? []
      : [`${fault.instancePath.slice(1).replaceAll('/', '.') || 'settings'} ${what}`];
  });
  return { faults: [...new Set(faults)] };
}

/** Undefined: a place that is said again by the fault of what holds it. */
function wordsFor({ keyword, params, message }: Fault): string | undefined {
  if (keyword === 'boolean') return undefined;
  if (keyword === 'enum') return `is one of ${JSON.stringify(params.allowedValues).slice(1, -1)}`;
  if (keyword === 'additionalProperties') return `has no ${params.additionalProperties.join(', ')}`;
  return message;
}
