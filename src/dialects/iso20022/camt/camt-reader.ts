// Puts together what a camt file says while its elements close: transactions into entries, entries into statements.

import { StatementFault, type StatementPart } from '../../../reconciliation/index.ts';
import { Tally } from '../../statements/tally.ts';
import { Twins } from '../../statements/twins.ts';
import { childOf, childrenOf, type XmlNode } from '../xml-node.ts';
import { readEntry } from './camt-entry.ts';
import { readHead, type CamtHead, type CurrencyOf } from './camt-head.ts';
import { CAMT, MESSAGES, type CamtMessage } from './camt-messages.ts';
import { readTransaction, type Transaction } from './camt-transaction.ts';

export type { CurrencyOf } from './camt-head.ts';

const MOST_TRANSACTIONS = 100_000;
/** Characters of one entry in the file: what is held of it is less. */
const LONGEST_ENTRY = 64 * 1024 * 1024;

interface Begun extends CamtHead {
  readonly node: XmlNode;
  readonly place: string;
  readonly tally: Tally;
  entries: number;
}

export class CamtReader {
  readonly #currencyOf: CurrencyOf;
  readonly #twins = new Twins();
  #parts: StatementPart[] = [];
  #transactions: Transaction[] = [];
  /** Characters since the last entry. */
  #characters = 0;
  #begun: Begun | undefined;
  #statements = 0;

  constructor(currencyOf: CurrencyOf) {
    this.#currencyOf = currencyOf;
  }

  /** What was read since the last call, of so many characters. */
  take(characters: number): StatementPart[] {
    this.#characters += characters;
    if (this.#characters > LONGEST_ENTRY)
      throw new StatementFault(this.#next(), `it has more than ${LONGEST_ENTRY} characters`);
    const parts = this.#parts;
    this.#parts = [];
    return parts;
  }

  end(): void {
    if (this.#statements === 0)
      throw new StatementFault(
        'the file',
        'it is XML, but holds no statement (camt.052, camt.053 or camt.054)',
      );
  }

  isKept(node: XmlNode, around: readonly XmlNode[]): boolean {
    const parent = around.at(-1);
    const above = around.at(-2);
    switch (node.name) {
      case 'TxDtls':
        if (parent?.name !== 'NtryDtls' || above?.name !== 'Ntry') return true;
        this.#takeTransaction(node, parent);
        return false;
      case 'Ntry': {
        const camt = messageOf(parent, above);
        if (parent !== undefined && camt !== undefined)
          this.#takeEntry(node, this.#begin(parent, camt, node));
        this.#transactions = [];
        this.#characters = 0;
        return false;
      }
      case 'Stmt':
      case 'Rpt':
      case 'Ntfctn': {
        const camt = messageOf(node, parent);
        if (camt === undefined) return true;
        this.#end(this.#begin(node, camt));
        return false;
      }
      default:
        return true;
    }
  }

  #takeTransaction(node: XmlNode, details: XmlNode): void {
    const place = this.#next();
    this.#transactions.push(readTransaction(node, details, place));
    if (this.#transactions.length > MOST_TRANSACTIONS)
      throw new StatementFault(place, `it has more than ${MOST_TRANSACTIONS} transactions`);
  }

  /** Where it is: the entry that is not closed yet. */
  #next(): string {
    return this.#begun === undefined
      ? `entry 1 of statement ${this.#statements + 1}`
      : `entry ${this.#begun.entries + 1} of ${this.#begun.place}`;
  }

  #takeEntry(node: XmlNode, begun: Begun): void {
    const { head, place, tally } = begun;
    const number = ++begun.entries;
    const entry = readEntry(node, this.#transactions, {
      number,
      place: `entry ${number} of ${place}`,
      account: head.account,
      currency: head.currency,
      form: head.form,
    });
    tally.add(entry.minor, entry.isCredit, entry.isBooked);
    if (!entry.isBooked) return;
    for (const line of entry.lines) this.#parts.push({ kind: 'line', line });
  }

  /** With the first entry, or without any at its end: what stands in front is complete then. */
  #begin(node: XmlNode, camt: CamtMessage, entry?: XmlNode): Begun {
    if (this.#begun?.node === node) return this.#begun;
    const place = `statement ${++this.#statements}`;
    if (!CAMT.test(node.namespace))
      throw new StatementFault(
        place,
        `it is in the namespace ${JSON.stringify(node.namespace.slice(0, 100))}, which is no camt.052, 053 or 054`,
      );
    const head = readHead(
      node,
      camt,
      place,
      (account) => this.#currencyOf(account) ?? currencyIn(node, entry),
    );
    this.#twins.check(head.head, place);
    this.#begun = { ...head, node, place, tally: new Tally(), entries: 0 };
    this.#parts.push({ kind: 'statement', head: head.head });
    return this.#begun;
  }

  #end({ node, place, tally, claims, closing, balances }: Begun): void {
    if (childrenOf(node, 'Bal').length !== balances)
      throw new StatementFault(place, 'a balance stands after its entries, which the standard does not know');
    tally.check(claims, place);
    this.#parts.push({ kind: 'end', tail: { closing } });
    this.#begun = undefined;
  }
}

/** Of the opening balance, or of the first entry: notifications have no other. */
function currencyIn(statement: XmlNode, entry: XmlNode | undefined): string | undefined {
  return (childOf(statement, 'Bal', 'Amt') ?? childOf(entry, 'Amt'))?.attributes.get('Ccy');
}

/** undefined: it is no statement of a message. */
function messageOf(statement: XmlNode | undefined, message: XmlNode | undefined): CamtMessage | undefined {
  const camt = MESSAGES.get(message?.name ?? '');
  return camt?.statement === statement?.name ? camt : undefined;
}
