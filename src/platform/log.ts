// The log: JSON lines by pino on standard output. Secrets never reach it and personal words only masked, whoever logs
// them: redaction goes by the key, at the top of a line and one or two steps below. Its level is WASIT_LOG_LEVEL.

import {
  destination,
  pino,
  stdTimeFunctions,
  type DestinationStream,
  type Logger,
  type LoggerOptions,
} from 'pino';
import { maskAccountNumber, maskEmail, maskMobile, maskName } from '../kernel/mask.ts';

export type Log = Logger;

const SECRETS = [
  'authorization',
  'signature',
  'signature-input',
  'cookie',
  'set-cookie',
  'key',
  'apiKey',
  'masterKey',
  'secret',
  'password',
  'token',
  'quoteId',
  'databaseUrl',
  'redisUrl',
  'connectionString',
];
const MASKS: Record<string, (text: string) => string> = {
  name: maskName,
  payerName: maskName,
  mobile: maskMobile,
  email: maskEmail,
  maskedPan: lastFour,
  account: maskAccountNumber,
  iban: maskAccountNumber,
};

/** `level` as pino names it. Without `stream` lines go to standard output, written behind the work (not synchronously). */
export function createLog(options: { level: string; stream?: DestinationStream }): Log {
  const settings: LoggerOptions = {
    level: options.level,
    base: undefined,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: { paths: redactedPaths(), censor },
    // Fastify logs whole requests and answers of streams that break off; their headers hold keys, at any depth.
    serializers: { req: briefly, res: briefly, request: briefly, reply: briefly },
  };
  return pino(settings, options.stream ?? destination({ dest: 1, sync: false }));
}

const SELDOM_MS = 10_000;

/** Passes a report on at most every ten seconds: a server that is away would be reported several times in each. */
export function seldom(report: (error: unknown) => void): (error: unknown) => void {
  let last = -Infinity;
  return (error) => {
    if (performance.now() - last < SELDOM_MS) return;
    last = performance.now();
    report(error);
  };
}

function briefly(value: unknown): object {
  const { id, method, statusCode } = (value ?? {}) as {
    id?: unknown;
    method?: unknown;
    statusCode?: unknown;
  };
  return { id, method, statusCode };
}

function redactedPaths(): string[] {
  // A bare `name` is as often that of a queue or a biller; only under `payer` is it a person's.
  const steps = [...SECRETS, ...Object.keys(MASKS).filter((key) => key !== 'name')].map(
    (key) => `["${key}"]`,
  );
  return ['', '*', '*.*'].flatMap((above) => [
    ...steps.map((step) => above + step),
    above === '' ? 'payer.name' : `${above}.payer.name`,
  ]);
}

function censor(value: unknown, path: string[]): unknown {
  if (value === undefined || value === null) return value;
  const mask = MASKS[path.at(-1) ?? ''];
  return mask !== undefined && typeof value === 'string' ? mask(value) : '[hidden]';
}

function lastFour(text: string): string {
  return `****${text.slice(-4)}`;
}
