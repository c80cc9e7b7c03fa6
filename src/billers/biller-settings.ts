// What the operator says about a biller: the schema and what no schema can say (a currency that exists, a zone, a
// penalty that can be computed). Remember: nothing unchecked is recorded, so that no payment meets bad settings.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { isTimeZone } from '../calendar/index.ts';
import { exponentOf } from '../kernel/currencies.ts';
import { formatMinor, parseMinor } from '../kernel/money.ts';
import { penaltyFaults } from './penalty-faults.ts';

const closed = { additionalProperties: false };

export const NamesSchema = Type.Object(
  {
    ar: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    fr: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    en: Type.String({ minLength: 1, maxLength: 200 }),
  },
  closed,
);

const Penalty = Type.Object(
  {
    flat: Type.Optional(Type.String()),
    percent: Type.Optional(Type.String()),
    every: Type.Enum(['once', 'day', 'month']),
    fromDay: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500 })),
    ceiling: Type.Optional(
      Type.Object(
        { flat: Type.Optional(Type.String()), percent: Type.Optional(Type.String()) },
        { ...closed, minProperties: 1 },
      ),
    ),
  },
  closed,
);

const settings = {
  name: NamesSchema,
  kind: Type.Enum(['local', 'linked']),
  policy: Type.Enum(['exact', 'at-least', 'between']),
  timeZone: Type.String({ minLength: 1, maxLength: 64 }),
  cutOff: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
  /** ISO weekdays, Monday 1 to Sunday 7. */
  weekend: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 6, uniqueItems: true }),
  penalty: Type.Array(Penalty, { maxItems: 10 }),
  rounding: Type.Enum(['half-up', 'half-even', 'up', 'down']),
  dueMovesForward: Type.Boolean(),
  reversalMinutes: Type.Integer({ minimum: 0, maximum: 100_000 }),
  quoteMinutes: Type.Integer({ minimum: 1, maximum: 1440 }),
  remittanceDays: Type.Integer({ minimum: 0, maximum: 30 }),
  feesSettled: Type.Enum(['gross', 'net']),
  funding: Type.Enum(['guaranteed', 'collected']),
  /** Decimal, in the biller's currency. */
  approveAbove: Type.String(),
  creditAlarmDays: Type.Integer({ minimum: 1, maximum: 3650 }),
  /** Its working days within which its own statement must prove payments of the route direct. */
  directProofDays: Type.Integer({ minimum: 0, maximum: 60 }),
};

export const BillerSettingsSchema = Type.Object(
  { currency: Type.String({ pattern: '^[A-Z]{3}$' }), ...settings },
  closed,
);
export type BillerSettings = Static<typeof BillerSettingsSchema>;
/** Everything but the currency, which never changes: balances, limits and tariffs are kept in it. */
export type BillerChange = Partial<Omit<BillerSettings, 'currency' | 'name'>> & {
  readonly name?: Partial<BillerSettings['name']>;
};

const DEFAULTS = {
  kind: 'local',
  policy: 'at-least',
  weekend: [6, 7],
  penalty: [],
  rounding: 'half-up',
  dueMovesForward: false,
  reversalMinutes: 30,
  quoteMinutes: 15,
  remittanceDays: 2,
  feesSettled: 'gross',
  funding: 'guaranteed',
  creditAlarmDays: 30,
  directProofDays: 3,
} as const;

const validator = Compile(BillerSettingsSchema);

/** Settings with what was left out filled in, or everything that is wrong with them. */
export function readBillerSettings(json: object): { settings: BillerSettings } | { faults: string[] } {
  const whole: Record<string, unknown> = { ...DEFAULTS, ...json };
  const faults: string[] = [];
  const { currency, timeZone } = whole;
  if (typeof currency === 'string' && exponentOf(currency) !== undefined)
    whole['approveAbove'] ??= formatMinor(0n, currency);
  else if (typeof currency === 'string') {
    whole['approveAbove'] ??= '';
    faults.push(`currency ${currency} is not in ISO 4217`);
  }
  if (typeof timeZone === 'string' && !isTimeZone(timeZone))
    faults.push(`timeZone ${timeZone} is no IANA time zone, such as Asia/Muscat`);
  if (!validator.Check(whole)) return { faults: [...inWords(validator.Errors(whole), whole), ...faults] };
  if (exponentOf(whole.currency) !== undefined) faults.push(...moneyFaults(whole));
  return faults.length === 0 ? { settings: whole } : { faults };
}

function moneyFaults({ approveAbove, currency, penalty }: BillerSettings): string[] {
  const faults = penaltyFaults(penalty, currency);
  if (parseMinor(approveAbove, currency) === undefined)
    faults.push(`approveAbove ${approveAbove} is no amount of ${currency} in its own scale`);
  return faults;
}

/** What the schema asks for, where its own message would be a regular expression; empty: told by another fault. */
const EXPECTED: Readonly<Record<string, string>> = {
  cutOff: 'must be a local time HH:MM from 00:00 to 23:59',
  currency: '',
};

function inWords(errors: readonly TLocalizedValidationError[], whole: Record<string, unknown>): string[] {
  return errors.flatMap((error) => {
    const { instancePath, message } = error;
    const name = instancePath.slice(1).replaceAll('/', '.');
    const expected = error.keyword === 'pattern' ? EXPECTED[name] : undefined;
    if (expected === '') return [];
    if (expected !== undefined) return [`${name} ${expected}, not ${String(whole[name])}`];
    if (error.keyword === 'enum')
      return [`${name} must be one of ${error.params.allowedValues.map(String).join(', ')}`];
    if (error.keyword === 'required' && name === '')
      return error.params.requiredProperties.map((missing) => `${missing} is missing`);
    return [`${name || 'biller'} ${message}`];
  });
}
