// Mandates as answers show them. The account's number is whole for the payer's bank alone; the payer's addresses for whoever
// opened the mandate.

import type { Static } from 'typebox';
import { refuse, Refused } from '../../kernel/errors.ts';
import { billerOf, parseId, showId } from '../../kernel/ids.ts';
import { maskEmail, maskMobile, maskName } from '../../kernel/mask.ts';
import { toText } from '../../kernel/money.ts';
import { openSecret } from '../../kernel/seal.ts';
import type { FormAnswer, MandateAnswer, MandateEntry } from './answer-schema.ts';
import { seenMandate } from './change.ts';
import type { MandateTools } from './create.ts';
import { accountSealId, type Cover, type Mandate, type PayersContact } from './mandate.ts';
import { shownMandate } from './requests.ts';
import type { MandateQuery } from './schema.ts';
import { readCovers } from './store-cover.ts';
import { bankTold } from './store-ending.ts';
import { listForms, type FormRow } from './store-form.ts';
import { listMandates, readMandateSteps, type MandateStepRow } from './store-list.ts';
import { isOperator, readMandateId, type MandateCaller } from './who-may.ts';

/** Refuses `malformed-request` for a page that is none. */
export async function listOfMandates(
  tools: MandateTools,
  caller: MandateCaller,
  query: MandateQuery,
): Promise<{ items: MandateEntry[]; next: string | null }> {
  const { state, payerId, channel, openedBy, reference, bankTold: told, after, limit = 100 } = query;
  const before = after === undefined ? null : parseId('mnd', after);
  if (before === undefined) throw new Refused(refuse('malformed-request', { field: 'after' }));
  const rows = await tools.database.transaction((tx) =>
    listMandates(tx, {
      billerId: caller.billerId,
      seenByChannel: caller.channelId,
      channelCode: channel ?? null,
      state: state ?? null,
      payerId: payerId ?? null,
      openedBy: openedBy ?? null,
      reference: reference ?? null,
      bankTold: told ?? null,
      after: before,
      limit: limit + 1,
    }),
  );
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last !== undefined ? showId('mnd', last.mandateId) : null;
  return { items: items.map((each) => showEntry(tools, caller, each)), next };
}

/** Refuses `mandate-not-found`. */
export async function showMandate(
  tools: MandateTools,
  caller: MandateCaller,
  shownId: string,
): Promise<MandateAnswer> {
  const mandateId = readMandateId(shownId);
  const { current } = tools.directory;
  return tools.database.nodeOf(billerOf(mandateId)).transaction(async (tx) => {
    const it = await seenMandate(tx, caller, shownId, mandateId);
    const form = (await listForms(tx, it)).at(-1);
    const covers = await readCovers(tx, it);
    const showCover = ({ billerId, payerId, units, state, approvalId }: Cover) => ({
      billerCode: current.billersById.get(billerId)?.code ?? '',
      payerId,
      units: [...units],
      state,
      approvalId: approvalId === null ? null : showId('apr', approvalId),
    });
    return {
      ...showEntry(tools, caller, it),
      approvalId: it.approvalId === null ? null : showId('apr', it.approvalId),
      covers: covers.map(showCover),
      bankTold: await bankTold(tx, it),
      form: form === undefined ? null : showForm(form),
      history: (await readMandateSteps(tx, it)).map((step) => showStep(caller, step)),
    };
  });
}

function showEntry(tools: MandateTools, caller: MandateCaller, of: Mandate): MandateEntry {
  const { billersById, channelsById } = tools.directory.current;
  const { currency, collect } = of;
  const bank = channelsById.get(of.channelId);
  const isBank = caller.channelId === of.channelId;
  const isAgency = caller.billerId === of.billerId && !isOperator(caller);
  const isOpener = isBank ? of.opener === of.channelId : of.opener === 0 && isAgency;
  const mayName = !isBank || isOpener || bank?.seesNames === true;
  return {
    mandateId: shownMandate(of),
    reference: of.reference,
    openedBy: of.openedBy,
    state: of.state,
    reason: of.reason,
    suspendedBy: [...of.suspendedBy],
    revision: of.revision,
    billerCode: billersById.get(of.billerId)?.code ?? '',
    channelCode: bank?.code ?? '',
    payerId: of.payerId,
    payerName: mayName ? of.payerName : maskName(of.payerName),
    payer: isOpener ? of.contact : maskedContact(of.contact),
    account: {
      number: isBank ? numberOf(tools, of) : of.shownAccount,
      kind: of.accountKind,
      holder: of.holder,
    },
    collect: collect.on === 'days' ? { on: 'days', days: [...collect.days] } : { on: collect.on },
    ceiling: {
      perDebit: toText({ minor: of.perDebitMinor, currency }),
      perMonth: toText({ minor: of.perMonthMinor, currency }),
    },
    validFrom: of.validFrom,
    validUntil: of.validUntil,
    announceDays: of.announceDays,
    bankReference: of.bankReference,
    createdAt: of.createdAt.toISOString(),
    changedAt: of.changedAt.toISOString(),
  };
}

function numberOf({ masterKey }: MandateTools, { mandateId, sealedAccount }: Mandate): string {
  return openSecret(masterKey, accountSealId(mandateId), sealedAccount).toString('utf8');
}

function maskedContact(contact: PayersContact | null): PayersContact | null {
  if (contact === null) return null;
  const { mobile, email, language } = contact;
  return {
    ...(mobile !== undefined && { mobile: maskMobile(mobile) }),
    ...(email !== undefined && { email: maskEmail(email) }),
    ...(language !== undefined && { language }),
  };
}

export function showForm(form: FormRow): Static<typeof FormAnswer> {
  const { name, media_type: mediaType, size, sha256 } = form;
  return { name, mediaType, size, sha256: sha256.toString('hex') };
}

function showStep(caller: MandateCaller, step: MandateStepRow): MandateAnswer['history'][number] {
  const { action, state, side, login, name, client, reason, content, recorded_at: at } = step;
  // Who works at one agency is not for another that shares the mandate.
  const isOthers = caller.billerId !== null && step.staff_of !== null && step.staff_of !== caller.billerId;
  return {
    action,
    state,
    side,
    by: login !== null && name !== null && (isOperator(caller) || !isOthers) ? { login, name } : null,
    client,
    reason,
    ...(content !== null && { content }),
    at: at.toISOString(),
  };
}
