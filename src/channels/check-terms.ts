// The terms of an agreement as the operator writes them: the schema, and what no schema can say (amounts of the
// biller's currency, bounds in order). Remember: nothing unchecked is recorded, so that no payment meets bad terms.

import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { isBusinessDate } from '../kernel/business-date.ts';
import type { PointedError } from '../kernel/errors.ts';
import { parseMinor } from '../kernel/money.ts';
import { percentMillionths, PERCENT_UNIT } from '../kernel/rounding.ts';
import { METHODS, OUTLET_KINDS, type FeeLine, type TariffLine, type Terms } from './channel.ts';

const closed = { additionalProperties: false };
const date = Type.Optional(
  Type.String({
    pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$',
    description: 'Calendar date, inclusive',
    examples: ['2026-01-01'],
  }),
);
const amount = Type.Optional(
  Type.String({
    pattern: '^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,4})?$',
    description: "Decimal string with exactly the scale of the biller's currency",
    examples: ['0.500'],
  }),
);
const percent = Type.Optional(
  Type.String({
    pattern: '^(0|[1-9][0-9]{0,2})(\\.[0-9]{1,6})?$',
    description: 'Decimal string from 0 to 100',
    examples: ['1.25'],
  }),
);
const methods = Type.Optional(Type.Array(Type.Enum([...METHODS]), { minItems: 1, uniqueItems: true }));
const outletKinds = Type.Optional(
  Type.Array(Type.Enum([...OUTLET_KINDS]), { minItems: 1, uniqueItems: true }),
);

const tariff = {
  outletKinds,
  methods,
  from: amount,
  to: amount,
  validFrom: date,
  validTo: date,
  flat: amount,
  percent,
  min: amount,
  max: amount,
};

export const TariffLineSchema = Type.Object(tariff, closed);

export const FeeLineSchema = Type.Object(
  {
    ...tariff,
    per: Type.Enum(['bill', 'payment']),
    bearer: Type.Enum(['payer', 'biller', 'shared']),
    payerPercent: percent,
  },
  closed,
);

export const TermsSchema = Type.Object(
  {
    route: Type.Enum(['via-operator', 'direct']),
    validFrom: date,
    validTo: date,
    methods,
    outletKinds,
    fees: Type.Optional(Type.Array(FeeLineSchema, { maxItems: 200 })),
    taxPercent: percent,
    commission: Type.Optional(Type.Array(TariffLineSchema, { maxItems: 200 })),
  },
  closed,
);

const validator = Compile(TermsSchema);

export type ReadTerms = { readonly terms: Terms } | { readonly errors: readonly PointedError[] };

/** Terms of an agreement with a biller of `currency`, or everything that is wrong with them by JSON Pointer. */
export function readTerms(json: unknown, currency: string): ReadTerms {
  if (!validator.Check(json)) return { errors: shapeErrors(json) };
  const terms: Terms = json;
  const errors = [
    ...dateErrors('', terms),
    ...percentErrors('', { taxPercent: terms.taxPercent }),
    ...(terms.fees ?? []).flatMap((line, at) => [
      ...lineErrors(`/fees/${at}`, line, currency),
      ...bearerErrors(`/fees/${at}`, line),
    ]),
    ...(terms.commission ?? []).flatMap((line, at) => lineErrors(`/commission/${at}`, line, currency)),
  ];
  return errors.length === 0 ? { terms } : { errors };
}

function shapeErrors(json: unknown): PointedError[] {
  return validator.Errors(json).flatMap((error): PointedError[] => {
    const inside = (name: string): string =>
      `${error.instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    switch (error.keyword) {
      case 'additionalProperties':
        return error.params.additionalProperties.map((name) => ({
          pointer: inside(name),
          detail: 'unknown field',
        }));
      case 'required':
        return error.params.requiredProperties.map((name) => ({
          pointer: inside(name),
          detail: 'is required',
        }));
      case 'enum':
        return [
          { pointer: error.instancePath, detail: `must be one of ${error.params.allowedValues.join(', ')}` },
        ];
      case 'boolean': // said a second time about each unknown field
        return [];
      default:
        return [{ pointer: error.instancePath, detail: error.message }];
    }
  });
}

function lineErrors(pointer: string, line: TariffLine, currency: string): PointedError[] {
  const errors = [...dateErrors(pointer, line), ...percentErrors(pointer, { percent: line.percent })];
  for (const name of ['from', 'to', 'flat', 'min', 'max'] as const) {
    const value = line[name];
    if (value === undefined || parseMinor(value, currency) !== undefined) continue;
    errors.push({ pointer: `${pointer}/${name}`, detail: `is no amount of ${currency} in its own scale` });
  }
  if (errors.length > 0) return errors;
  errors.push(
    ...orderErrors(pointer, line, currency, 'from', 'to'),
    ...orderErrors(pointer, line, currency, 'min', 'max'),
  );
  if (line.flat === undefined && line.percent === undefined && line.min === undefined) {
    errors.push({ pointer, detail: 'names neither flat, percent nor min' });
  }
  return errors;
}

function orderErrors(
  pointer: string,
  line: TariffLine,
  currency: string,
  low: 'from' | 'min',
  high: 'to' | 'max',
): PointedError[] {
  const least = parseMinor(line[low] ?? '', currency);
  const most = parseMinor(line[high] ?? '', currency);
  if (least === undefined || most === undefined || least <= most) return [];
  return [{ pointer: `${pointer}/${high}`, detail: `is less than ${low}` }];
}

function bearerErrors(pointer: string, { bearer, payerPercent }: FeeLine): PointedError[] {
  if ((bearer === 'shared') !== (payerPercent !== undefined)) {
    return [{ pointer: `${pointer}/payerPercent`, detail: 'goes with bearer shared, and shared with it' }];
  }
  return percentErrors(pointer, { payerPercent });
}

function percentErrors(
  pointer: string,
  percents: Readonly<Record<string, string | undefined>>,
): PointedError[] {
  return Object.entries(percents)
    .filter(([, value]) => value !== undefined && percentMillionths(value) > PERCENT_UNIT)
    .map(([name]) => ({ pointer: `${pointer}/${name}`, detail: 'is more than 100' }));
}

function dateErrors(
  pointer: string,
  { validFrom, validTo }: Pick<Terms, 'validFrom' | 'validTo'>,
): PointedError[] {
  const errors = Object.entries({ validFrom, validTo })
    .filter(([, value]) => value !== undefined && !isBusinessDate(value))
    .map(([name]) => ({ pointer: `${pointer}/${name}`, detail: 'is no date' }));
  if (errors.length === 0 && validFrom !== undefined && validTo !== undefined && validFrom > validTo) {
    errors.push({ pointer: `${pointer}/validTo`, detail: 'is before validFrom' });
  }
  return errors;
}
