// A mandate as its payer's bank is asked for it: the same facts by API and in files.

import type { Biller } from '../../billers/index.ts';
import { agreementAt, agreementKey, type Directory, type Route } from '../../channels/index.ts';
import { calendarDate } from '../../calendar/index.ts';
import type { BusinessDate } from '../../kernel/business-date.ts';
import { parseId, type Uuid } from '../../kernel/ids.ts';
import { toText } from '../../kernel/money.ts';
import { openSecret } from '../../kernel/seal.ts';
import type { OrderParty } from '../../orders/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import {
  creditorOf,
  NO_OWN_ACCOUNT,
  NO_TERMS,
  readDebitTerms,
  ultimateCreditorOf,
  type MandateRequest,
} from '../debits/index.ts';
import { accountSealId, shownMandate, type Mandate } from '../mandates/index.ts';

/** Of one submission; the bank knows a repetition by it. */
export function requestIdOf({ mandateId, submissions }: Pick<Mandate, 'mandateId' | 'submissions'>): string {
  return `${shownMandate({ mandateId })}-${submissions}`;
}

/** Of a request, or of a mandate, as a bank names it; undefined: of none of ours. */
export function readRequestId(id: string): { mandateId: Uuid; submission: number | null } | undefined {
  const [, shown = '', submission] = /^(mnd_[0-9a-z]{1,40})(?:-([1-9][0-9]{0,4}))?$/.exec(id) ?? [];
  const mandateId = parseId('mnd', shown);
  if (mandateId === undefined) return undefined;
  return { mandateId, submission: submission === undefined ? null : Number(submission) };
}

export interface AskedMandate {
  readonly mandate: Mandate;
  readonly account: string;
  /** When the payer signed it, on the agency's calendar. */
  readonly signedOn: BusinessDate;
  readonly creditor: Creditor;
}

interface Creditor {
  /** null: there is none yet, and the mandate waits. */
  readonly party: OrderParty | null;
  /** Where there is none, why. */
  readonly whyNone: string;
  /** For whom he collects; null: for himself. */
  readonly ultimate: string | null;
  readonly schemeId: string | null;
}

export interface AskTools {
  readonly directory: Directory;
  readonly masterKey: Buffer;
}

/** Where the money of each agency goes, by its bank's route; read once in a transaction. */
type Creditors = Map<string, Creditor>;

/** Asks for many in one transaction. */
export function asking(tx: Tx, tools: AskTools, now: Date): (mandate: Mandate) => Promise<AskedMandate> {
  const known: Creditors = new Map();
  return (mandate) => askedMandate(tx, tools, mandate, now, known);
}

async function askedMandate(
  tx: Tx,
  { directory, masterKey }: AskTools,
  mandate: Mandate,
  now: Date,
  known: Creditors,
): Promise<AskedMandate> {
  const { billersById, agreements } = directory.current;
  const { billerId, channelId, mandateId, sealedAccount } = mandate;
  const biller = billersById.get(billerId);
  if (biller === undefined) throw new Error(`no biller ${billerId}`);
  const versions = agreements.get(agreementKey(billerId, channelId)) ?? [];
  const route = agreementAt(versions, now)?.terms?.route ?? 'via-operator';
  const key = `${billerId} ${route}`;
  const creditor = known.get(key) ?? (await readCreditor(tx, masterKey, biller, route));
  known.set(key, creditor);
  return {
    mandate,
    account: openSecret(masterKey, accountSealId(mandateId), sealedAccount).toString('utf8'),
    signedOn: calendarDate(mandate.createdAt, biller.calendar),
    creditor,
  };
}

async function readCreditor(tx: Tx, masterKey: Buffer, biller: Biller, route: Route): Promise<Creditor> {
  const terms = await readDebitTerms(tx, biller.billerId);
  const party = terms && (await creditorOf(tx, masterKey, terms, route));
  return {
    party: party ?? null,
    whyNone: terms === undefined ? NO_TERMS : NO_OWN_ACCOUNT,
    ultimate: await ultimateCreditorOf(tx, biller, route),
    schemeId: terms?.schemeId ?? null,
  };
}

/** The body of a call. */
export function callOf({ directory }: Pick<AskTools, 'directory'>, asked: AskedMandate): object {
  const { mandate, account, signedOn, creditor } = asked;
  const { currency, collect } = mandate;
  const biller = directory.current.billersById.get(mandate.billerId);
  return {
    requestId: requestIdOf(mandate),
    mandateId: shownMandate(mandate),
    revision: mandate.revision,
    billerCode: biller?.code ?? '',
    billerName: biller?.name ?? {},
    account: { number: account, kind: mandate.accountKind, holder: mandate.holder },
    collect,
    ceiling: {
      perDebit: toText({ minor: mandate.perDebitMinor, currency }),
      perMonth: toText({ minor: mandate.perMonthMinor, currency }),
    },
    validFrom: mandate.validFrom,
    validUntil: mandate.validUntil,
    signedOn,
    creditor: creditor.party,
    creditorSchemeId: creditor.schemeId,
  };
}

/** In a file. */
export function requestOf(
  { mandate, account, signedOn, creditor: { ultimate, schemeId } }: AskedMandate,
  creditor: OrderParty,
  bic: string | null,
): MandateRequest {
  const { collect, currency } = mandate;
  return {
    requestId: requestIdOf(mandate),
    mandateReference: shownMandate(mandate),
    sequence: 'RCUR',
    collectOnDays: collect.on === 'days' ? collect.days : [],
    validFrom: mandate.validFrom,
    validUntil: mandate.validUntil,
    firstCollectionOn: null,
    finalCollectionOn: null,
    perDebit: { minor: mandate.perDebitMinor, currency },
    signedOn,
    creditor,
    ultimateCreditor: ultimate,
    creditorSchemeId: schemeId,
    debtor: { name: mandate.holder, account, bank: bic },
  };
}
