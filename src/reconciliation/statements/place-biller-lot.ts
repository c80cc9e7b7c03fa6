// One lot of lines of a biller's own account. What it proves is direct payments, which the channel credits there itself;
// of a remittance that arrives it takes note, and of debits that are credited there or taken back; the rest is none of ours.

import type { Uuid } from '../../kernel/ids.ts';
import { Entries, recordEntries } from '../../ledger/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { LANE, lockOpenDay, type OpenDay } from '../../settlement/remittances/index.ts';
import { endBreaks, openBreaks, type FoundBreak } from '../breaks/index.ts';
import { bookProofs } from './book-proofs.ts';
import { doubtsOf } from './doubts.ts';
import { LotNotes } from './lot-notes.ts';
import { lineBreak } from './line-break.ts';
import type { LotDone } from './place-lot.ts';
import { noteDebitWords } from './place-debits.ts';
import { debitTotal, ofDebit, type DebitPlan, type TakenDebits } from './plan-debit.ts';
import type { Planned } from './plan-lot.ts';
import {
  provedDates,
  provedParts,
  provedPayment,
  type NamedPayment,
  type OpenDate,
  type Proof,
} from './prove-direct.ts';
import { channelCodes, debitsIn, endToEndIds, messageIds, paymentReferences } from './references.ts';
import { debitFilesNamed, debitsNamed } from './store-debits.ts';
import { directPartsOf, type DebitParts } from './store-direct-parts.ts';
import { openDates, paymentsNamed } from './store-direct.ts';
import { channelsNamed, remittancesNamed } from './store-facts.ts';
import type { ChannelFact, DebitFact, DebitFileFact, RemittanceFact } from './facts.ts';
import { lockLot, type WaitingStatement } from './store-lot.ts';
import { lockLinesOf } from './store-sift.ts';
import type { WaitingLine } from './waiting-line.ts';
import { daysAgo, WAIT_DAYS } from './store-age.ts';

const LOT_LINES = 500;

/** Locks the lines, the open day (shared) and the dates that are open; undefined: no line waits after `after`. */
export async function placeBillerLot(
  tx: Tx,
  statement: WaitingStatement,
  after: number,
): Promise<LotDone | undefined> {
  const { billerId, statementId } = statement;
  if (billerId === null) throw new Error('a statement is of an account of ours or of a biller');
  await lockLinesOf(tx, statement);
  const lines = await lockLot(tx, statementId, after, LOT_LINES);
  if (lines.length === 0) return undefined;
  const day = await lockOpenDay(tx, billerId);
  const lot = new BillerLot(billerId, day, new LotNotes(statementId, day.now));
  await lot.load(tx, lines);
  for (const line of lines) await lot.place(tx, line);
  await lot.end(tx);
  return { last: lines.at(-1)?.line ?? after, orders: [], debitFiles: lot.files, deposits: [] };
}

class BillerLot {
  /** Totals of files of debits. */
  readonly files: { line: WaitingLine; file: DebitFileFact }[] = [];
  readonly #billerId: number;
  readonly #day: OpenDay;
  readonly #notes: LotNotes;
  readonly #entries = new Entries();
  readonly #proved: string[] = [];
  #open: OpenDate[] = [];
  #payments: readonly (NamedPayment & { reference: string })[] = [];
  #remittances: ReadonlyMap<string, RemittanceFact> = new Map();
  #debits: ReadonlyMap<string, DebitFact> = new Map();
  #files: ReadonlyMap<string, DebitFileFact> = new Map();
  #parts: ReadonlyMap<Uuid, DebitParts> = new Map();
  readonly #taken: TakenDebits = { credited: new Set(), returned: new Set() };
  readonly #credited: Planned<'debit'>[] = [];
  readonly #returned: Planned<'debit-returned'>[] = [];
  #byAccount: ReadonlyMap<string, ChannelFact> = new Map();
  #byCode: ReadonlyMap<string, ChannelFact> = new Map();
  #doubts: Awaited<ReturnType<typeof doubtsOf>> = new Map();
  #ages: ReadonlyMap<string, number> = new Map();

  constructor(billerId: number, day: OpenDay, notes: LotNotes) {
    this.#billerId = billerId;
    this.#day = day;
    this.#notes = notes;
  }

  async load(tx: Tx, lines: readonly WaitingLine[]): Promise<void> {
    const credits = lines.filter(({ amountMinor }) => amountMinor > 0n);
    this.#payments = await paymentsNamed(tx, this.#billerId, credits.flatMap(paymentReferences));
    this.#remittances = await remittancesNamed(tx, credits.flatMap(endToEndIds));
    const accounts = credits.flatMap((line) => payerAccount(line) ?? []);
    const named = await channelsNamed(tx, accounts, credits.flatMap(channelCodes));
    [this.#byAccount, this.#byCode] = [named.byAccount, named.byCode];
    this.#debits = await debitsNamed(tx, lines.flatMap(debitsIn));
    const debits = [...this.#debits.values()];
    this.#files = await debitFilesNamed(tx, credits.flatMap(messageIds));
    this.#parts = await directPartsOf(tx, this.#billerId, debits);
    const channels = [...named.byCode.values(), ...this.#payments].map(({ channelId }) => channelId);
    const dates = [...this.#parts.values()].flatMap(({ paid, back }) => [...paid, ...back]);
    this.#open = await openDates(tx, this.#billerId, channels, dates);
    this.#doubts = await doubtsOf(
      tx,
      this.#notes.statementId,
      lines.map(({ line }) => line),
    );
    this.#ages = await daysAgo(
      tx,
      lines.map(({ bookedOn }) => bookedOn),
    );
  }

  async place(tx: Tx, line: WaitingLine): Promise<void> {
    const doubt = this.#doubts.get(line.line);
    if (doubt?.outcome === null) return;
    if (doubt !== undefined)
      return this.#notes.open(line, lineBreak(line, 'doubtful-line', { alike: doubt }));
    const remittance = endToEndIds(line)
      .map((id) => this.#remittances.get(id))
      .find((one) => one !== undefined);
    if (remittance?.billerId === this.#billerId && remittance.amountMinor === line.amountMinor)
      return this.#notes.place(line, 'other', { kind: 'arrived', subjectId: remittance.remittanceId });
    const debit = this.#debitOf(line);
    if (debit !== undefined && debit.kind !== 'break') return this.#placeDebit(tx, line, debit);
    if (debit === undefined && this.#isTotal(line)) return;
    const channel = this.#channelOf(line);
    // The text of a channel's total may name one of its debits; in the field of its own the line is about that debit.
    const isAboutIt = debit !== undefined && debitsIn({ ...line, text: '', bankReference: null }).length > 0;
    const proofs = isAboutIt ? undefined : this.#proofsOf(line, channel);
    if (proofs !== undefined) return this.#prove(tx, line, proofs);
    if (debit !== undefined) return this.#notes.open(line, lineBreak(line, debit.breakKind, debit.ours));
    const isTheirs = channel !== undefined || this.#namedBy(line).length > 0;
    if (!isTheirs || !this.#mayCome(line)) this.#notes.place(line, 'other');
  }

  /** What it is about may be closed only later. */
  #mayCome(line: WaitingLine): boolean {
    return (this.#ages.get(line.bookedOn) ?? 0) <= WAIT_DAYS;
  }

  /** What it says of the debit that it names. */
  #debitOf(line: WaitingLine): DebitPlan | undefined {
    const debit = debitsIn(line)
      .map(({ name }) => this.#debits.get(name))
      .find((one) => one?.billerId === this.#billerId);
    const plan = debit && ofDebit(line, debit, this.#taken);
    return plan?.kind === 'break' && plan.isTheirOwn ? undefined : plan;
  }

  /** Whether it is the total of a file of debits: all of them are told of it, in transactions of their own. */
  #isTotal(line: WaitingLine): boolean {
    if (line.amountMinor < 0n || line.isReversal) return false;
    const file = messageIds(line)
      .map((name) => this.#files.get(name))
      .find((one) => one?.billerId === this.#billerId);
    if (file === undefined) return false;
    const plan = debitTotal(line, file);
    if (plan.kind === 'debit-total') this.files.push({ line, file });
    if (plan.kind === 'break') this.#notes.open(line, lineBreak(line, plan.breakKind, plan.ours));
    return true;
  }

  /** The bank's word is noted at once; what of it is owed directly is proved when it is known. */
  async #placeDebit(tx: Tx, line: WaitingLine, plan: DebitPlan): Promise<void> {
    if (plan.kind !== 'debit' && plan.kind !== 'debit-returned') return;
    const { debitId, channelId } = plan.debit;
    const about = { kind: plan.kind, channelId, subjectId: debitId };
    const parts = this.#parts.get(debitId)?.[plan.kind === 'debit' ? 'paid' : 'back'] ?? [];
    const proofs = provedParts(this.#open, parts, line.amountMinor);
    if (plan.kind === 'debit') this.#credited.push({ line, plan });
    else this.#returned.push({ line, plan });
    if (proofs !== undefined) return this.#prove(tx, line, proofs, about);
    if (!this.#mayCome(line)) this.#notes.place(line, 'other', about);
  }

  #channelOf(line: WaitingLine): ChannelFact | undefined {
    if (line.amountMinor < 0n) return undefined;
    const account = payerAccount(line);
    const byAccount = account === undefined ? undefined : this.#byAccount.get(account);
    return (
      byAccount ??
      channelCodes(line)
        .map((code) => this.#byCode.get(code))
        .find((one) => one !== undefined)
    );
  }

  #proofsOf(line: WaitingLine, channel: ChannelFact | undefined): Proof[] | undefined {
    if (line.amountMinor < 0n || line.isReversal) return undefined;
    const byName = provedPayment(this.#open, this.#namedBy(line), line.amountMinor);
    if (byName !== undefined || channel === undefined) return byName;
    const ofChannel = this.#open.filter(
      ({ channelId, minor }) => channelId === channel.channelId && minor !== 0n,
    );
    return provedDates(ofChannel, line.amountMinor);
  }

  /** Direct payments of its amount that it names and that nothing proves yet, also of a day that is not closed. */
  #namedBy(line: WaitingLine): readonly NamedPayment[] {
    if (line.amountMinor < 0n || line.isReversal) return [];
    const names = new Set(paymentReferences(line));
    return this.#payments.filter(
      ({ reference, amountMinor }) => names.has(reference) && amountMinor === line.amountMinor,
    );
  }

  async #prove(
    tx: Tx,
    line: WaitingLine,
    proofs: readonly Proof[],
    ...about: readonly { kind: string; channelId: number; subjectId: Uuid }[]
  ): Promise<void> {
    const of = { billerId: this.#billerId, day: this.#day };
    const { found, whole } = await bookProofs(tx, of, line, proofs, this.#entries);
    this.#proved.push(...whole);
    this.#open = this.#open.map((date) => {
      const minor = proofs
        .filter((each) => each.channelId === date.channelId && each.businessDate === date.businessDate)
        .reduce((sum, each) => sum + each.minor, 0n);
      return minor === 0n
        ? date
        : { ...date, minor: date.minor - minor, byTotal: date.byTotal === true || about.length === 0 };
    });
    const paid = new Set(proofs.map(({ paymentId }) => paymentId));
    this.#payments = this.#payments.filter(({ paymentId }) => !paid.has(paymentId));
    this.#notes.place(line, 'direct', ...about, ...found);
  }

  async end(tx: Tx): Promise<void> {
    await noteDebitWords(tx, this.#credited, this.#returned, this.#notes.at);
    const found: readonly FoundBreak[] = this.#notes.breaks;
    await openBreaks(tx, found, this.#notes.at);
    await endBreaks(tx, this.#billerId, this.#proved, this.#notes.at);
    await this.#notes.write(tx);
    await recordEntries(tx, this.#entries, LANE);
  }
}

function payerAccount({ counterpartyAccount }: WaitingLine): string | undefined {
  return counterpartyAccount?.replaceAll(/[\s-]/g, '').toUpperCase();
}
