// How the answers of a bank are fetched: its folder at SFTP. A drop folder needs no setting: it is `answers/<bank>`.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { PickupSchema } from './pickup.ts';

const AnswerSettingsSchema = Type.Object(
  { pickup: Type.Optional(PickupSchema) },
  { additionalProperties: false },
);
export type AnswerSettings = Static<typeof AnswerSettingsSchema>;

const validator = Compile(AnswerSettingsSchema);

/** Or everything that is wrong with them, in words. */
export function readAnswerSettings(json: unknown): { settings: AnswerSettings } | { faults: string[] } {
  if (validator.Check(json)) return { settings: json };
  const faults = validator
    .Errors(json)
    .filter(({ keyword }) => keyword !== 'boolean')
    .map((fault) => {
      const what =
        fault.keyword === 'additionalProperties'
          ? `has no ${fault.params.additionalProperties.join(', ')}`
          : fault.message;
      return `${fault.instancePath.slice(1).replaceAll('/', '.') || 'settings'} ${what}`;
    });
  return { faults: [...new Set(faults)] };
}
