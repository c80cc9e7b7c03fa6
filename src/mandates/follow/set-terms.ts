// How an agency collects from its payers' accounts, as the operator sets it. Holds for what is planned, built and booked
// from then on.

import { recordAudit, type Actor, type Outcome } from '../../access/index.ts';
import type { Biller } from '../../billers/index.ts';
import { readBankAccount } from '../../billers/bank/index.ts';
import { METHODS, type Method } from '../../channels/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { putDebitTerms, readDebitTerms, type DebitTerms } from '../debits/index.ts';

export interface TermsWish {
  readonly account?: string;
  /** '': none. */
  readonly schemeId?: string;
  readonly overCeiling?: string;
  /** Such as `3,7`; '': a failed debit is not tried again. */
  readonly retryDays?: string;
  readonly method?: string;
  readonly paidAt?: string;
}

export interface ShownTerms {
  readonly biller: string;
  readonly account: string;
  readonly bank: string;
  readonly schemeId: string | null;
  readonly overCeiling: DebitTerms['overCeiling'];
  readonly retryDays: readonly number[];
  readonly method: Method;
  readonly paidAt: DebitTerms['paidAt'];
}

/** As ISO 20022 has it: Max35Text, in characters that every bank takes. */
const SCHEME_ID = /^[A-Za-z0-9][A-Za-z0-9/?:().,'+ -]{0,34}$/;
const MOST_RETRIES = 10;
const LONGEST_RETRY_DAYS = 60;

/** undefined: it collects nothing by itself. */
export async function showTerms(tx: Tx, { billerId, code }: Biller): Promise<ShownTerms | undefined> {
  const terms = await readDebitTerms(tx, billerId);
  const account = terms && (await readBankAccount(tx, terms.accountId));
  if (terms === undefined || account === undefined) return undefined;
  const { schemeId, overCeiling, retryDays, method, paidAt } = terms;
  return {
    biller: code,
    account: account.code,
    bank: account.bankCode,
    schemeId,
    overCeiling,
    retryDays,
    method,
    paidAt,
  };
}

/** What is not named stays; at the first time the account must be named. */
export async function setTerms(
  tx: Tx,
  biller: Biller,
  wish: TermsWish,
  actor: Actor,
): Promise<Outcome<ShownTerms>> {
  const { billerId, code, currency } = biller;
  const standing = await readDebitTerms(tx, billerId);
  const before = await showTerms(tx, biller);
  const read = readWish(wish, standing);
  if (!read.ok) return read;
  if (wish.account === undefined && standing === undefined)
    return no('name the account whose bank takes the files: --account');
  const account = await readBankAccount(tx, wish.account ?? standing?.accountId ?? 0);
  if (account === undefined) return no(`there is no account ${wish.account ?? ''} of the operator`);
  if (account.currency !== currency)
    return no(`${account.code} is in ${account.currency}, ${code} collects in ${currency}`);
  await putDebitTerms(tx, { billerId, accountId: account.accountId, ...read.value });
  const after = await showTerms(tx, biller);
  if (after === undefined) throw new Error('terms were put and are not there');
  await recordAudit(tx, actor, {
    action: 'debit-terms.set',
    subject: `biller ${code}`,
    ...(before !== undefined && { before: { ...before } }),
    after: { ...after },
  });
  return { ok: true, value: after };
}

type Read = Omit<DebitTerms, 'billerId' | 'accountId' | 'bankId'>;

function readWish(wish: TermsWish, standing: DebitTerms | undefined): Outcome<Read> {
  const {
    overCeiling = 'split',
    schemeId = null,
    retryDays = [],
    method = 'account',
    paidAt = 'settled',
  } = standing ?? {};
  const over = wish.overCeiling ?? overCeiling;
  if (over !== 'split' && over !== 'hold') return no('--over-ceiling is split or hold');
  const word = wish.paidAt ?? paidAt;
  if (word !== 'settled' && word !== 'accepted') return no('--paid-at is settled or accepted');
  const by = METHODS.find((one) => one === (wish.method ?? method));
  if (by === undefined) return no(`--method is one of ${METHODS.join(', ')}`);
  const scheme = wish.schemeId === undefined ? schemeId : wish.schemeId || null;
  if (scheme !== null && !SCHEME_ID.test(scheme))
    return no("--scheme-id is at most 35 letters, digits and / ? : ( ) . , ' + - and blanks");
  const days = wish.retryDays === undefined ? retryDays : readDays(wish.retryDays);
  if (days === undefined)
    return no(
      `--retry-days are at most ${MOST_RETRIES} numbers from 1 to ${LONGEST_RETRY_DAYS}, such as 3,7; empty for none`,
    );
  return {
    ok: true,
    value: { schemeId: scheme, overCeiling: over, retryDays: days, method: by, paidAt: word },
  };
}

function readDays(text: string): readonly number[] | undefined {
  if (text.trim() === '') return [];
  const days = text.split(',').map((each) => (/^\s*[0-9]{1,2}\s*$/.test(each) ? Number(each) : 0));
  const fits = days.every((day) => day >= 1 && day <= LONGEST_RETRY_DAYS);
  return days.length <= MOST_RETRIES && fits ? days : undefined;
}

function no(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
