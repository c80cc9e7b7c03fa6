// What the operator says about a channel: the schema and what no schema can say. Limits are written as decimal
// strings by currency and kept as minor units in text, since a JSON number would pass through a float.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { NamesSchema } from '../billers/index.ts';
import { formatMinor, parseMinor } from '../kernel/money.ts';

/** Decimal strings by currency. */
const Limits = Type.Record(Type.String({ pattern: '^[A-Z]{3}$' }), Type.String());

const Whole = Type.Object(
  {
    name: NamesSchema,
    kind: Type.Enum(['bank', 'agent', 'kiosk', 'atm', 'web', 'deposit']),
    funding: Type.Enum(['postpaid', 'prefunded']),
    limitPerPayment: Limits,
    limitPerDay: Limits,
    creditLimit: Limits,
    seesNames: Type.Boolean(),
    rateLimit: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
    /** m: a postpaid channel owes a business date's total on its m-th working day. */
    owedAfterDays: Type.Integer({ minimum: 0, maximum: 60 }),
  },
  { additionalProperties: false },
);
export type ChannelSettings = Static<typeof Whole>;

/** `null` lifts the limit of a currency; currencies that are not named keep theirs. */
export type LimitChange = Readonly<Record<string, string | null>>;
export interface ChannelChange extends Partial<
  Pick<ChannelSettings, 'name' | 'kind' | 'funding' | 'seesNames' | 'rateLimit' | 'owedAfterDays'>
> {
  readonly limitPerPayment?: LimitChange;
  readonly limitPerDay?: LimitChange;
  readonly creditLimit?: LimitChange;
}

export type MinorLimits = Readonly<Record<string, bigint>>;
export interface CheckedSettings extends Omit<
  ChannelSettings,
  'limitPerPayment' | 'limitPerDay' | 'creditLimit'
> {
  readonly limitPerPayment: MinorLimits;
  readonly limitPerDay: MinorLimits;
  readonly creditLimit: MinorLimits;
}

const NEW = {
  funding: 'postpaid',
  limitPerPayment: {},
  limitPerDay: {},
  creditLimit: {},
  seesNames: false,
  rateLimit: 0,
  owedAfterDays: 1,
} as const;
const validator = Compile(Whole);

/** The settings that result, or everything that is wrong with them. `standing` undefined: a new channel. */
export function readChannelSettings(
  change: ChannelChange,
  standing: ChannelSettings | undefined,
): { settings: CheckedSettings } | { faults: string[] } {
  const base = standing ?? NEW;
  const whole: unknown = {
    ...base,
    ...change,
    ...(change.name && { name: { ...standing?.name, ...change.name } }),
    limitPerPayment: changed(base.limitPerPayment, change.limitPerPayment),
    limitPerDay: changed(base.limitPerDay, change.limitPerDay),
    creditLimit: changed(base.creditLimit, change.creditLimit),
  };
  if (!validator.Check(whole)) {
    return {
      faults: validator
        .Errors(whole)
        .map(({ instancePath, message }) => `${instancePath.slice(1) || 'channel'} ${message}`),
    };
  }
  const faults: string[] = [];
  const settings: CheckedSettings = {
    ...whole,
    limitPerPayment: minorOf('limitPerPayment', whole.limitPerPayment, faults),
    limitPerDay: minorOf('limitPerDay', whole.limitPerDay, faults),
    creditLimit: minorOf('creditLimit', whole.creditLimit, faults),
  };
  if (whole.funding === 'prefunded' && Object.keys(whole.creditLimit).length > 0) {
    faults.push(
      'a prefunded channel spends its float and has no credit limit: lift it, or make the channel postpaid',
    );
  }
  return faults.length === 0 ? { settings } : { faults };
}

/** Minor units as decimal strings again. */
export function showLimits(limits: MinorLimits): Record<string, string> {
  return Object.fromEntries(
    Object.entries(limits).map(([currency, minor]) => [currency, formatMinor(minor, currency)]),
  );
}

function changed(limits: Readonly<Record<string, string>>, change: LimitChange = {}): Record<string, string> {
  const left = Object.entries({ ...limits, ...change }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return Object.fromEntries(left);
}

function minorOf(field: string, limits: Record<string, string>, faults: string[]): MinorLimits {
  const minors: Record<string, bigint> = {};
  for (const [currency, value] of Object.entries(limits)) {
    const minor = parseMinor(value, currency);
    if (minor === undefined)
      faults.push(`${field}: ${value} is no amount of ${currency} with exactly its decimals`);
    else minors[currency] = minor;
  }
  return minors;
}
