// What the books know of the things that lines name, loaded for a whole lot at once. The rules (plan-lot.ts) see nothing
// else.

import type { Route } from '../../channels/index.ts';
import type { Json } from '../../kernel/errors.ts';
import type { Uuid } from '../../kernel/ids.ts';
import type { DebitState, WordVerdict } from '../../mandates/debits/index.ts';
import type { RemittanceState } from '../../settlement/index.ts';

export interface RemittanceFact {
  readonly billerId: number;
  readonly remittanceId: Uuid;
  readonly endToEndId: string;
  readonly paysFrom: number | null;
  readonly amountMinor: bigint;
  readonly state: RemittanceState;
  /** Its order cannot be with the bank yet: it is made, and not offered. */
  readonly isUnderway: boolean;
  /** Of the steps that moved the money at our bank; null: there was none. */
  readonly confirmJournal: Uuid | null;
  readonly returnJournal: Uuid | null;
  /** A line has shown that it went out, that it came back. */
  readonly isProved: boolean;
  readonly isBack: boolean;
}

export interface OrderFact {
  readonly fileId: Uuid;
  readonly messageId: string;
  readonly accountId: number;
  readonly isUnderway: boolean;
  /** Of its remittances that the bank has not rejected. */
  readonly liveMinor: bigint;
  /** Lines that remittances of it are matched with, as keys. */
  readonly matchedBy: readonly string[];
}

export interface DebitFact {
  readonly billerId: number;
  readonly debitId: Uuid;
  readonly endToEndId: string;
  readonly channelId: number;
  readonly currency: string;
  readonly amountMinor: bigint;
  readonly state: DebitState;
  /** A bank may have it. */
  readonly isWithBank: boolean;
  /** Its order cannot be with the bank yet: it is made, and not offered. */
  readonly isUnderway: boolean;
  /** The operator's account that its file names; null: none, or no file says. */
  readonly accountId: number | null;
  /** To whose account its bank was told to collect it; null: no bank was told, or nothing says to which. */
  readonly route: Route | null;
  /** What banks have said of it, oldest first. */
  readonly verdicts: readonly WordVerdict[];
  /** A line has shown its money, and that the bank took it back. */
  readonly isCredited: boolean;
  readonly isBack: boolean;
}

export interface DebitFileFact {
  readonly fileId: Uuid;
  readonly messageId: string;
  readonly accountId: number | null;
  readonly currency: string;
  readonly isUnderway: boolean;
  /** Of its debits that the bank has not refused. */
  readonly liveMinor: bigint;
  /** The bank of one of its debtors has a float, which no line fills without persons. */
  readonly isPrefunded: boolean;
  /** Debits of it that lines of their own have credited. */
  readonly creditedAlone: number;
  /** The line that is its total already, as a key. */
  readonly creditedBy: string | null;
  /** The agency to whose own account it is credited; null: to one of the operator's. */
  readonly billerId: number | null;
}

export interface ChannelFact {
  readonly channelId: number;
  readonly code: string;
  readonly funding: 'postpaid' | 'prefunded';
}

/** The line that a reversal takes back. */
export interface OriginalFact {
  readonly statementId: Uuid;
  readonly line: number;
  readonly outcome: string | null;
  readonly isTakenBack: boolean;
  readonly channelId: number | null;
}

/** Another line that may be the same booking. */
export interface DoubtFact {
  readonly [told: string]: Json;
  /** null: it has not been placed. */
  readonly outcome: string | null;
}

export interface Facts {
  readonly remittances: ReadonlyMap<string, RemittanceFact>;
  readonly orders: ReadonlyMap<string, OrderFact>;
  readonly debits: ReadonlyMap<string, DebitFact>;
  readonly debitFiles: ReadonlyMap<string, DebitFileFact>;
  readonly channelsByAccount: ReadonlyMap<string, ChannelFact>;
  readonly channelsByCode: ReadonlyMap<string, ChannelFact>;
  /** By the key of the line: the line of the other kind that says the same amount of the same day. */
  readonly doubts: ReadonlyMap<string, DoubtFact>;
  readonly originals: ReadonlyMap<string, OriginalFact>;
}
