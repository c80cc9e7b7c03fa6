// How the bank of payers is linked: called by its API, or sent files into the place of one of the operator's banks. A bank
// that is not linked looks for itself what waits for its word.

import { openSecret } from '../../kernel/seal.ts';

export const WAYS = ['api', 'files', 'none'] as const;
export type Way = (typeof WAYS)[number];

export interface BankLink {
  readonly channelId: number;
  /** Of the channel. */
  readonly code: string;
  readonly way: Way;
  /** Base of the addresses that are called, without a slash at the end; null: it was never linked by its API. */
  readonly url: string | null;
  /** Of the Standard Webhooks signature. */
  readonly sealedSecret: Buffer | null;
  /** One call, from waiting for a connection to the last byte. */
  readonly deadlineMs: number;
  /** The bank into whose place files are put; null: it was never linked by files. */
  readonly bankId: number | null;
  readonly bankCode: string | null;
  /** Of the bank of payers itself, as orders name it whatever way they go; null: the accounts tell it. */
  readonly bic: string | null;
}

/** What the secret is sealed under: a row copied to another channel does not open. */
export function bankLinkSealId(channelCode: string): string {
  return `bank-link ${channelCode}`;
}

/** A link that is or was called. Throws for one that never was. */
export function openBankSecretOf(masterKey: Buffer, { code, sealedSecret }: BankLink): Buffer {
  if (sealedSecret === null) throw new Error(`the link of ${code} has no secret`);
  return openSecret(masterKey, bankLinkSealId(code), sealedSecret);
}
