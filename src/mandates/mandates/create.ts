// Opens a mandate: by the agency, for itself or for the payer at its portal, or by the payer's bank. One reference of whoever
// opens it is one mandate for ever.

import { businessNow } from '../../approvals/index.ts';
import type { Biller } from '../../billers/index.ts';
import type { Channel, Directory } from '../../channels/index.ts';
import { readAccountNumber } from '../../kernel/bank-account-number.ts';
import { refuse, Refused } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { maskAccountNumber } from '../../kernel/mask.ts';
import { sealSecret } from '../../kernel/seal.ts';
import type { Database, Tx } from '../../platform/db/index.ts';
import { differingField, fingerprintOf, type Fingerprint } from './fingerprint.ts';
import { accountSealId, type Mandate, type Side } from './mandate.ts';
import { readTerms, type ReadTerms } from './read-terms.ts';
import type { MandateBody, TermsBody } from './schema.ts';
import { replaceCovers } from './store-cover.ts';
import { findByReference, insertMandate } from './store-mandate.ts';
import { submit } from './submit.ts';
import { note, type StepBy } from './take-step.ts';
import type { MandateCaller } from './who-may.ts';

export interface MandateTools {
  readonly database: Database;
  readonly directory: Directory;
  readonly masterKey: Buffer;
}

interface Opened {
  readonly mandate: Mandate;
  readonly isNew: boolean;
}

/**
 * Refuses `forbidden` for people, `malformed-request`, `biller-not-found`, `biller-not-served`, `channel-suspended`,
 * `reference-reused`.
 */
export async function createMandate(
  tools: MandateTools,
  caller: MandateCaller,
  body: MandateBody,
): Promise<Opened> {
  const { directory, masterKey } = tools;
  const { reference, billerCode: _, by: __, draft, ...terms } = body;
  const { biller, channel, side, opener } = partiesOf(tools, caller, body);
  const fields = { ...terms, account: writtenOnce(terms.account), by: side, draft: draft ?? false };
  const fingerprint = fingerprintOf(masterKey, { ...fields, channelCode: channel.code });
  const key = { billerId: biller.billerId, opener, reference };
  const stepBy: StepBy = { side, staffId: null, client: caller.client, actor: caller.actor };
  return tools.database.nodeOf(biller.billerId).transaction(async (tx) => {
    const earlier = await findByReference(tx, key);
    if (earlier !== undefined) return { mandate: sameAs(earlier, fingerprint), isNew: false };
    if (channel.suspended && opener !== 0)
      throw new Refused(refuse('channel-suspended', { channelCode: channel.code }));
    const now = await businessNow(tx);
    const read = readTerms(directory.current, { biller, channel, now }, terms);
    const made = draftOf(tools, { ...key, openedBy: side, fingerprint }, read, now);
    if (!(await insertMandate(tx, made))) {
      const other = await findByReference(tx, key);
      if (other === undefined) throw new Error(`the mandate ${reference} is neither new nor there`);
      return { mandate: sameAs(other, fingerprint), isNew: false };
    }
    await replaceCovers(tx, made, read.covers);
    await note(tx, made, stepBy, { action: 'created', at: now });
    const mandate = draft === true ? made : await submit(tx, directory, made, stepBy);
    return { mandate, isNew: true };
  });
}

/** A change: the same terms read anew. */
export async function readChange(
  tx: Tx,
  { directory }: MandateTools,
  of: Mandate,
  caller: MandateCaller,
  body: TermsBody,
): Promise<ReadTerms> {
  const biller = directory.current.billersById.get(of.billerId);
  if (biller === undefined) throw new Error(`no biller ${of.billerId}`);
  const channel = channelOf(directory, caller, body.channelCode);
  return readTerms(directory.current, { biller, channel, now: await businessNow(tx) }, body);
}

/** What is kept of an account's number. */
export function sealedAccount(
  { masterKey }: MandateTools,
  { mandateId }: Pick<Mandate, 'mandateId'>,
  { account }: Pick<ReadTerms, 'account'>,
): Pick<Mandate, 'sealedAccount' | 'shownAccount' | 'accountKind'> {
  return {
    sealedAccount: sealSecret(masterKey, accountSealId(mandateId), Buffer.from(account.number)),
    shownAccount: maskAccountNumber(account.number),
    accountKind: account.kind,
  };
}

function draftOf(
  tools: MandateTools,
  of: Pick<Mandate, 'billerId' | 'opener' | 'reference' | 'openedBy' | 'fingerprint'>,
  read: ReadTerms,
  now: Date,
): Mandate {
  const mandateId = newId(now.getTime(), of.billerId);
  return {
    ...of,
    ...read.terms,
    mandateId,
    ...sealedAccount(tools, { mandateId }, read),
    state: 'draft',
    reason: null,
    bankReference: null,
    approvalId: null,
    suspendedBy: [],
    revision: 0,
    submissions: 0,
    createdAt: now,
    changedAt: now,
  };
}

interface Parties {
  readonly biller: Biller;
  readonly channel: Channel;
  readonly side: Side;
  readonly opener: number;
}

function partiesOf({ directory }: MandateTools, caller: MandateCaller, body: MandateBody): Parties {
  const { person, billerId, channelId } = caller;
  if (person !== undefined)
    throw new Refused(refuse('forbidden', { reason: 'mandates are opened by programs, with their keys' }));
  const channel = channelOf(directory, caller, body.channelCode);
  const { billersById, billersByCode } = directory.current;
  if (channelId === null) {
    const biller = billerId === null ? undefined : billersById.get(billerId);
    if (biller === undefined || (body.billerCode !== undefined && body.billerCode !== biller.code))
      throw malformed('/billerCode', 'an agency opens mandates for itself; leave it out');
    return { biller, channel, side: body.by ?? 'agency', opener: 0 };
  }
  if (body.by !== undefined) throw malformed('/by', 'a bank speaks for itself; leave it out');
  if (body.billerCode === undefined) throw malformed('/billerCode', 'name the agency');
  const biller = billersByCode.get(body.billerCode);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: body.billerCode }));
  return { biller, channel, side: 'bank', opener: channelId };
}

/** The payer's bank: whom an agency names, or who calls. */
function channelOf(
  { current }: Directory,
  { channelId }: Pick<MandateCaller, 'channelId'>,
  code: string | undefined,
): Channel {
  const own = channelId === null ? undefined : current.channelsById.get(channelId);
  if (own !== undefined && code !== undefined && code !== own.code)
    throw malformed('/channelCode', 'a bank opens mandates of its own customers; leave it out');
  const channel = own ?? (code === undefined ? undefined : current.channelsByCode.get(code));
  if (channel?.kind !== 'bank')
    throw malformed('/channelCode', 'must be the code of a bank that is linked here');
  return channel;
}

function sameAs(earlier: Mandate, fingerprint: Fingerprint): Mandate {
  const field = differingField(earlier.fingerprint, fingerprint);
  if (field !== undefined)
    throw new Refused(refuse('reference-reused', { reference: earlier.reference, field }));
  return earlier;
}

/** However its number is spaced. */
function writtenOnce(account: TermsBody['account']): TermsBody['account'] {
  const read = readAccountNumber(account.number);
  return 'fault' in read ? account : { ...account, number: read.number };
}

function malformed(pointer: string, detail: string): Refused {
  return new Refused(refuse('malformed-request', undefined, { errors: [{ pointer, detail }] }));
}
