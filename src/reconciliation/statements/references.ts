// What of ours a line names: the end-to-end id of a remittance or a debit, the message of an order file, the mark of a channel. Banks
// put them into their own fields or only into the text, so both are looked at; in a text they may be cut where a line was full.

import type { Uuid } from '../../kernel/ids.ts';
import { debitOf } from '../../mandates/debits/index.ts';
import type { WaitingLine } from './waiting-line.ts';

type Said = Pick<WaitingLine, 'endToEndId' | 'messageId' | 'paymentInfoId' | 'text' | 'bankReference'>;

/** One per attempt of a remittance (settlement/remittances/end-to-end-id.ts). */
const END_TO_END = /(?<![0-9A-Za-z])W[0-9A-Z]{14}[0-9](?![0-9A-Za-z])/g;
/** Cut where a line of the bank's was full. */
const END_TO_END_CUT = /(?<![0-9A-Za-z])W(?:\n?[0-9A-Z]){14}\n?[0-9](?![0-9A-Za-z])/g;
/** Of an order file, alone or with the number of its one payment block (orders/order-ids.ts). */
const MESSAGE =
  /(?<![0-9A-Za-z])W\n?S\n?T(?:\n?[0-9A-HJKMNP-TV-Z]){26}(?=\n?-\n?1(?![0-9A-Za-z])|(?![0-9A-Za-z]))/g;
/** Of a debit (mandates/debits/debit-ids.ts). */
const DEBIT = /(?<![0-9A-Za-z])W\n?S\n?T\n?D(?:\n?[0-9A-HJKMNP-TV-Z]){26}(?![0-9A-Za-z])/g;
/** What a channel puts into its transfers, as agreed: `WASIT/` and its code. */
const CHANNEL = /(?<![0-9A-Za-z])WASIT[/:-]([a-z0-9][a-z0-9-]{1,31})/gi;

/** Ids that may be a remittance's. */
export function endToEndIds({ endToEndId, text, bankReference }: Said): string[] {
  const places = [endToEndId, text, bankReference];
  return [...new Set([END_TO_END, END_TO_END_CUT].flatMap((pattern) => found(pattern, places)))];
}

/** Ids that may be a debit's, each with the debit that it names. */
export function debitsIn({ endToEndId, text, bankReference }: Said): { name: string; debitId: Uuid }[] {
  return found(DEBIT, [endToEndId, text, bankReference]).flatMap((name) => {
    const debitId = debitOf(name);
    return debitId === undefined ? [] : [{ name, debitId }];
  });
}

/** Message ids that may be of an order file. */
export function messageIds({ messageId, paymentInfoId, text, endToEndId }: Said): string[] {
  return found(MESSAGE, [messageId, paymentInfoId, endToEndId, text]);
}

/** Codes of channels, as marked; a date or number behind the code does not belong to it. */
export function channelCodes({ endToEndId, text }: Said): string[] {
  const marked = [endToEndId, text].flatMap((where) =>
    [...(where ?? '').matchAll(CHANNEL)].map(([, code = '']) => code.toLowerCase().replace(/-$/, '')),
  );
  return [...new Set(marked.flatMap(withoutNumbers))];
}

/** The longest first: a code may end in a number itself. */
function withoutNumbers(code: string): string[] {
  const shorter = code.replace(/-[0-9]+$/, '');
  return shorter === code ? [code] : [code, ...withoutNumbers(shorter)];
}

/** Words that may be a channel's reference of a payment (api.md, `reference`); short ones are too many things. */
export function paymentReferences({ endToEndId, text, bankReference }: Said): string[] {
  return found(/[A-Za-z0-9._:-]{6,64}/g, [endToEndId, bankReference, text.slice(0, 1000)]);
}

function found(pattern: RegExp, places: readonly (string | null)[]): string[] {
  const names = places.flatMap((place) => place?.match(pattern) ?? []);
  return [...new Set(names.map((name) => name.replace(/\n/g, '')))];
}
