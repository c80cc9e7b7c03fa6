// What the operator says about a bank of its own: its working days, until when it takes orders, how they reach it. The
// secret of SFTP is kept apart and never shown.

import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { isTimeZone } from '../../calendar/index.ts';
import { NamesSchema } from '../biller-settings.ts';
import { isBic } from './account-holder.ts';

const closed = { additionalProperties: false };

const Folder = Type.Object(
  {
    way: Type.Literal('folder'),
    /** Absolute, or below the data directory. */
    folder: Type.String({ minLength: 1, maxLength: 1000 }),
  },
  closed,
);

const Sftp = Type.Object(
  {
    way: Type.Literal('sftp'),
    host: Type.String({ minLength: 1, maxLength: 253 }),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    user: Type.String({ minLength: 1, maxLength: 100 }),
    /** There, relative to where the account begins. */
    folder: Type.String({ minLength: 1, maxLength: 1000 }),
    /** Fingerprint of the server's key as `ssh-keygen -l` prints it: no order goes to a server that has another. */
    hostKey: Type.String({ pattern: '^SHA256:[A-Za-z0-9+/]{43}$' }),
  },
  closed,
);

export type Handover = Static<typeof Folder> | Static<typeof Sftp>;

const Settings = Type.Object(
  {
    name: NamesSchema,
    bic: Type.Union([Type.String(), Type.Null()]),
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    /** Local; an order handed over at it or later is handled on the next working day. */
    cutOff: Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' }),
    leadDays: Type.Integer({ minimum: 0, maximum: 10 }),
    /** ISO weekdays, Monday 1 to Sunday 7. */
    weekend: Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), { maxItems: 6, uniqueItems: true }),
  },
  closed,
);
export type BankSettings = Static<typeof Settings> & { readonly handover: Handover };
export type BankChange = Partial<Omit<BankSettings, 'name' | 'handover'>> & {
  readonly name?: Partial<BankSettings['name']>;
  readonly handover?: object;
};

const DEFAULTS = { bic: null, leadDays: 0, weekend: [6, 7] } as const;
const HANDOVERS = {
  folder: { validator: Compile(Folder), defaults: { folder: 'orders' } },
  sftp: { validator: Compile(Sftp), defaults: { port: 22, folder: '.' } },
} as const;

const validator = Compile(Settings);

/** Settings with what was left out filled in, or everything that is wrong with them. */
export function readBankSettings(json: object): { settings: BankSettings } | { faults: string[] } {
  const { handover = { way: 'folder' }, ...rest } = json as { handover?: object };
  const whole: Record<string, unknown> = { ...DEFAULTS, ...rest };
  const faults: string[] = [];
  const { bic, timeZone } = whole;
  if (typeof timeZone === 'string' && !isTimeZone(timeZone))
    faults.push(`timeZone ${timeZone} is no IANA time zone, such as Asia/Muscat`);
  if (typeof bic === 'string' && !isBic(bic)) faults.push(`bic ${bic} is no BIC of 8 or 11 characters`);
  const way = readHandover(handover);
  if ('faults' in way) faults.push(...way.faults);
  if (!validator.Check(whole)) {
    faults.unshift(...validator.Errors(whole).map((error) => inWords(error)));
    return { faults };
  }
  return faults.length > 0 || 'faults' in way
    ? { faults }
    : { settings: { ...whole, handover: way.handover } };
}

function readHandover(json: object): { handover: Handover } | { faults: string[] } {
  const { way } = json as { way?: unknown };
  if (way === 'folder') {
    const { validator: check, defaults } = HANDOVERS.folder;
    const whole: unknown = { ...defaults, ...json };
    return check.Check(whole) ? { handover: whole } : { faults: check.Errors(whole).map(handoverFault) };
  }
  if (way === 'sftp') {
    const { validator: check, defaults } = HANDOVERS.sftp;
    const whole: unknown = { ...defaults, ...json };
    return check.Check(whole) ? { handover: whole } : { faults: check.Errors(whole).map(handoverFault) };
  }
  return { faults: ['handover.way must be folder or sftp'] };
}

type Fault = ReturnType<typeof validator.Errors>[number];

function handoverFault(error: Fault): string {
  if (error.instancePath === '/hostKey') return 'handover.hostKey must be the fingerprint, SHA256:…';
  return `handover ${inWords(error)}`;
}

function inWords({ instancePath, message, keyword, params }: Fault): string {
  if (keyword === 'required') return `${params.requiredProperties.join(', ')} is missing`;
  if (instancePath === '/cutOff') return 'cutOff must be a local time HH:MM from 00:00 to 23:59';
  return `${instancePath.slice(1).replaceAll('/', '.') || 'bank'} ${message}`;
}
