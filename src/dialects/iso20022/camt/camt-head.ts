// What a camt statement says before its entries: of which account it is, its balances, and the sums of what follows.

import { exponentOf } from '../../../kernel/currencies.ts';
import { maskAccountNumber } from '../../../kernel/mask.ts';
import { formatMinor } from '../../../kernel/money.ts';
import type { StatementBalance, StatementHead } from '../../../reconciliation/index.ts';
import { StatementFault } from '../../../reconciliation/index.ts';
import { accountText, idText } from '../../statements/clean-text.ts';
import type { Claim, Side } from '../../statements/tally.ts';
import { childOf, childrenOf, textOf, type XmlNode } from '../xml-node.ts';
import type { CamtMessage } from './camt-messages.ts';
import { readAmount, readBare, readDay, readIsCredit } from './camt-values.ts';

/** The currency of an account, where a file does not say it. */
export type CurrencyOf = (account: string) => string | undefined;

export interface CamtHead {
  readonly head: StatementHead;
  readonly closing: StatementBalance | null;
  readonly claims: readonly Claim[];
  /** How many balances it says. */
  readonly balances: number;
}

/** Throws StatementFault where it is not said whose statement it is. */
export function readHead(
  node: XmlNode,
  { name: message, form }: CamtMessage,
  place: string,
  currencyOf: CurrencyOf,
): CamtHead {
  const reference = idText(textOf(node, 'Id'), place);
  if (reference === null) throw new StatementFault(place, 'it says no reference (Id)');
  const id = childOf(node, 'Acct', 'Id');
  const account = accountText(textOf(id, 'IBAN') ?? textOf(id, 'Othr', 'Id'), place);
  if (account === null) throw new StatementFault(place, 'it says no account');
  const balances = childrenOf(node, 'Bal');
  const currency = textOf(node, 'Acct', 'Ccy') ?? currencyOf(account);
  if (currency === undefined)
    throw new StatementFault(
      place,
      `nothing says in which currency the account ${maskAccountNumber(account)} is`,
    );
  if (exponentOf(currency) === undefined)
    throw new StatementFault(place, `${JSON.stringify(currency.slice(0, 10))} is no currency of ISO 4217`);
  const { opening, closing } = form === 'statement' ? balancesOf(balances, currency, place) : NO_BALANCES;
  return {
    head: {
      form,
      message,
      reference,
      sequence: sequenceOf(node, place),
      account,
      currency,
      from: readDay(childOf(node, 'FrToDt'), place, 'Fr')?.on ?? null,
      to: readDay(childOf(node, 'FrToDt'), place, 'To')?.on ?? null,
      opening,
    },
    closing,
    claims: claimsOf(node, currency, place),
    balances: balances.length,
  };
}

/** Pages of one statement have its id and number; the number of the page makes them two. */
function sequenceOf(node: XmlNode, place: string): string | null {
  const number = idText(textOf(node, 'ElctrncSeqNb') ?? textOf(node, 'LglSeqNb'), place);
  const pages = childOf(node, 'StmtPgntn') ?? childOf(node, 'RptPgntn') ?? childOf(node, 'NtfctnPgntn');
  const page = idText(textOf(pages, 'PgNb'), place);
  if (page === null || (page === '1' && textOf(pages, 'LastPgInd') !== 'false')) return number;
  return `${number ?? ''}/${page}`;
}

const NO_BALANCES = { opening: null, closing: null };

/**
 * BalanceType12Code: booked at the opening (OPBD) or at the previous closing (PRCD), booked at the closing (CLBD). Pages of
 * a statement begin and end with interim ones (ITBD, or sub-type INTM). Throws StatementFault where two of a kind differ.
 */
function balancesOf(
  nodes: readonly XmlNode[],
  currency: string,
  place: string,
): { opening: StatementBalance | null; closing: StatementBalance | null } {
  const of = (code: string): XmlNode[] =>
    nodes.filter((node) => textOf(node, 'Tp', 'CdOrPrtry', 'Cd') === code);
  const read = (node: XmlNode | undefined, name: string): StatementBalance | null =>
    node === undefined ? null : readBalance(node, currency, `${name} balance of ${place}`);
  const only = (code: string, name: string): StatementBalance | null => {
    const there = of(code);
    const interim = there.filter((node) => textOf(node, 'Tp', 'SubTp', 'Cd') === 'INTM');
    const [first, ...others] = (interim.length > 0 ? interim : there).map((node) => read(node, name));
    const other = others.find((balance) => balance?.minor !== first?.minor);
    if (first && other) {
      const both = [first, other].map(({ minor }) => formatMinor(minor, currency)).join(' and ');
      throw new StatementFault(`${name} balance of ${place}`, `it is said twice (${code}): ${both}`);
    }
    return first ?? null;
  };
  const start = only('OPBD', 'opening') ?? only('PRCD', 'opening');
  const [firstInterim, ...otherInterims] = of('ITBD');
  return {
    opening: start ?? read(firstInterim, 'opening'),
    closing: only('CLBD', 'closing') ?? read((start === null ? otherInterims : of('ITBD')).at(-1), 'closing'),
  };
}

function readBalance(node: XmlNode, currency: string, place: string): StatementBalance {
  const isCredit = readIsCredit(node, place);
  if (isCredit === null) throw new StatementFault(place, 'it is neither CRDT nor DBIT');
  const minor = readAmount(childOf(node, 'Amt'), currency, place);
  return { minor: isCredit ? minor : -minor, on: readDay(childOf(node, 'Dt'), place)?.on ?? null };
}

const SIDES: readonly (readonly [Side, string])[] = [
  ['all', 'TtlNtries'],
  ['credits', 'TtlCdtNtries'],
  ['debits', 'TtlDbtNtries'],
];

function claimsOf(node: XmlNode, currency: string, place: string): Claim[] {
  return SIDES.flatMap(([side, name]) => {
    const said = childOf(node, 'TxsSummry', name);
    const [count, sum] = [textOf(said, 'NbOfNtries'), textOf(said, 'Sum')];
    if (count !== null && !/^\d{1,15}$/.test(count))
      throw new StatementFault(place, `${JSON.stringify(count.slice(0, 40))} is no number of entries`);
    if (count === null && sum === null) return [];
    return [
      {
        side,
        count: count === null ? undefined : BigInt(count),
        sum: sum === null ? undefined : readBare(sum, currency, place),
      },
    ];
  });
}
