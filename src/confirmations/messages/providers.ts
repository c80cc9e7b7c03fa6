// Which way messages leave: what is configured, else files in the outbox folder, so that an installation without a
// provider shows what it would send.

import { readFile } from 'node:fs/promises';
import type { Caller } from '../../platform/outgoing/index.ts';
import { readAddress } from './addresses.ts';
import { openHttpSms } from './http-sms.ts';
import type { Provider, Providers } from './message.ts';
import { openOutbox } from './outbox.ts';
import { readSmsMapping } from './sms-mapping.ts';
import { readSmtpUrl } from './smtp-address.ts';
import { openSmtp } from './smtp.ts';

export interface ProviderOptions {
  readonly smtpUrl?: string | undefined;
  /** The bare address that e-mails come from; needed with `smtpUrl`. */
  readonly mailFrom?: string | undefined;
  /** JSON, see sms-mapping.ts. */
  readonly smsProviderFile?: string | undefined;
  readonly outboxDir: string;
  readonly caller: Caller;
}

export interface OpenedProviders extends Providers {
  close(): Promise<void>;
}

const NOBODY = 'no-reply@wasit.invalid';

/** Throws an Error that says what is wrong with the settings. The caller stays whose it is. */
export async function openProviders(options: ProviderOptions): Promise<OpenedProviders> {
  const { smtpUrl, smsProviderFile, outboxDir, caller } = options;
  const mailFrom = options.mailFrom === undefined ? NOBODY : readAddress('email', options.mailFrom);
  if (mailFrom === undefined) throw new Error('the address that e-mails come from is no e-mail address');
  if (smtpUrl !== undefined && options.mailFrom === undefined)
    throw new Error('an SMTP server is configured, and no address that e-mails come from');
  const email = smtpUrl === undefined ? openOutbox('email', outboxDir, mailFrom) : smtpAt(smtpUrl, mailFrom);
  const sms =
    smsProviderFile === undefined
      ? openOutbox('sms', outboxDir, mailFrom)
      : openHttpSms(readSmsMapping(await readJsonFile(smsProviderFile)), caller);
  return {
    sms,
    email,
    async close() {
      await Promise.all([sms.close(), email.close()]);
    },
  };
}

function smtpAt(url: string, mailFrom: string): Provider {
  const address = readSmtpUrl(url);
  if (address === undefined)
    throw new Error('the SMTP server must be smtp://[user:password@]host[:port] or smtps://…');
  return openSmtp(address, mailFrom);
}

async function readJsonFile(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
