// Links a bank of payers, or changes how it is reached. A link by API that has no secret yet gets one, which is returned once,
// for the bank to keep; in the database it is sealed. What was set for another way stays.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import { isBic, readBank } from '../../billers/bank/index.ts';
import { lockConfiguration } from '../../billers/index.ts';
import { sealSecret } from '../../kernel/seal.ts';
import { newWebhookSecret, readWebhookSecret } from '../../kernel/standard-webhooks.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { urlFault } from '../../platform/outgoing/index.ts';
import { bankLinkSealId, type BankLink, type Way } from './link.ts';
import { findBankLink, findChannel, putBankLink } from './store-link.ts';

/** What is left out stays. */
export interface BankLinkWish {
  readonly way?: Way;
  readonly url?: string;
  /** `whsec_…`, or `new` for one that is made. */
  readonly secret?: string;
  readonly deadlineMs?: number;
  /** The code of the operator's bank. */
  readonly bank?: string;
  /** Of the bank of payers; null: none any more. */
  readonly bic?: string | null;
}

export interface BankLinkTools {
  readonly masterKey: Buffer;
  /** Private networks that this installation may call, CIDR. */
  readonly allowedNetworks: readonly string[];
}

export interface MadeBankLink {
  readonly link: BankLink;
  /** Of a secret that was made here. */
  readonly shownOnce?: string;
}

const DEADLINE_MS = { least: 100, most: 30_000, default: 5_000 };

/** Refuses an unknown channel, one that is no bank, settings that cannot hold and what is no secret of Standard Webhooks. */
export function setBankLink(
  database: Database,
  code: string,
  wish: BankLinkWish,
  tools: BankLinkTools,
  actor: Actor,
): Promise<Outcome<MadeBankLink>> {
  return database.transaction(async (tx) => {
    await lockConfiguration(tx);
    const channel = await findChannel(tx, code);
    if (channel?.kind !== 'bank') return refused(`there is no bank ${code} among the channels`);
    const standing = await findBankLink(tx, channel.channelId);
    const read = await readWish(tx, { channelId: channel.channelId, code }, standing, wish, tools);
    if (typeof read === 'string') return refused(read);
    const isMade =
      wish.secret === 'new' || (wish.secret === undefined && read.url !== null && read.sealedSecret === null);
    const given = isMade ? newWebhookSecret() : wish.secret;
    const bytes = given === undefined ? undefined : readWebhookSecret(given);
    if (given !== undefined && bytes === undefined)
      return refused('the secret must be whsec_ and the base64 of 24 to 64 bytes, or new');
    if (bytes !== undefined && read.url === null) return refused('a secret goes with a url');
    const sealedSecret =
      bytes === undefined ? read.sealedSecret : sealSecret(tools.masterKey, bankLinkSealId(code), bytes);
    const link = { ...read, sealedSecret };
    await putBankLink(tx, link);
    await recordAudit(tx, actor, {
      action: 'channel.set-bank-link',
      subject: `channel/${code}`,
      ...(standing && { before: shownBankLink(standing) }),
      after: { ...shownBankLink(link), newSecret: bytes !== undefined },
    });
    return { ok: true, value: { link, ...(isMade && given !== undefined && { shownOnce: given }) } };
  });
}

/** Without its secret. */
export function shownBankLink({ way, url, deadlineMs, bankCode, bic }: BankLink): object {
  return { way, url, deadlineMs, bank: bankCode, bic };
}

/** Or why it cannot hold. */
async function readWish(
  tx: Tx,
  of: Pick<BankLink, 'channelId' | 'code'>,
  standing: BankLink | undefined,
  wish: BankLinkWish,
  { allowedNetworks }: BankLinkTools,
): Promise<BankLink | string> {
  const way = wish.way ?? standing?.way ?? (wish.bic === undefined ? undefined : 'none');
  if (way === undefined) return 'say which way it is linked: api, files or none';
  const url = wish.url?.replace(/\/+$/, '') ?? standing?.url ?? null;
  const fault = url === null ? undefined : urlFault(url, { allowedNetworks });
  if (fault !== undefined) return `the url ${fault}`;
  if (url?.includes('?') === true) return 'the url must end with its path';
  if (way === 'api' && url === null) return 'a bank that is called needs a url';
  const deadlineMs = wish.deadlineMs ?? standing?.deadlineMs ?? DEADLINE_MS.default;
  if (deadlineMs < DEADLINE_MS.least || deadlineMs > DEADLINE_MS.most)
    return `the deadline must be from ${DEADLINE_MS.least} to ${DEADLINE_MS.most} milliseconds`;
  const bank = wish.bank === undefined ? undefined : await readBank(tx, wish.bank);
  if (wish.bank !== undefined && bank === undefined) return `there is no bank ${wish.bank} of the operator`;
  const bankId = bank?.bankId ?? standing?.bankId ?? null;
  if (way === 'files' && bankId === null)
    return 'a bank that takes files needs the bank of the operator into whose place they are put';
  const bic = wish.bic === undefined ? (standing?.bic ?? null) : wish.bic;
  if (bic !== null && !isBic(bic)) return `${bic} is no BIC of 8 or 11 characters`;
  const sealedSecret = standing?.sealedSecret ?? null;
  const bankCode = bank?.code ?? standing?.bankCode ?? null;
  return { ...of, way, url, sealedSecret, deadlineMs, bankId, bankCode, bic };
}

function refused(reason: string): { ok: false; reason: string } {
  return { ok: false, reason };
}
