// A channel's statement on paper.

import { printPdf, type Block, type PrintedDocument } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import { amountIn, nameIn, periodIn } from '../../settlement/documents/index.ts';
import type { ChannelStatement } from './statement.ts';
import { STATEMENT_WORDS, type StatementWords } from './words.ts';

/** Printed by the gateway itself while others pay: a page takes some tens of milliseconds of it. */
const MOST_PRINTED = 366;

export function statementPdf(statement: ChannelStatement, language: Language): Promise<Buffer> {
  return printPdf(asPages(statement, language));
}

function asPages(statement: ChannelStatement, language: Language): PrintedDocument {
  const words = STATEMENT_WORDS[language];
  const { currency, days, from, to, channelCode, channelName, openingMinor, closingMinor } = statement;
  const amount = (minor: bigint): string => amountIn(minor, currency, language);
  const sum = (name: 'collectedMinor' | 'reversedMinor' | 'adjustedMinor' | 'paidMinor'): string =>
    amount(days.reduce((all, day) => all + day[name], 0n));
  const isAhead = closingMinor < 0n;
  const account: Block = {
    kind: 'account',
    heads: ['', `${words.amount} (${currency})`],
    items: [
      { label: words.opening, value: amount(openingMinor) },
      { label: words.collected, value: sum('collectedMinor') },
      { label: words.reversed, value: sum('reversedMinor') },
      { label: words.adjusted, value: sum('adjustedMinor') },
      { label: words.paid, value: sum('paidMinor') },
      {
        label: isAhead ? words.aheadAtEnd : words.closing,
        value: amount(isAhead ? -closingMinor : closingMinor),
        total: true,
      },
    ],
  };
  const body = days.length === 0 ? [note(words.nothing)] : lines(statement, amount, words);
  return {
    language,
    title: words.title,
    party: nameIn(channelName, language),
    subject: [
      { label: words.channel, value: channelCode, ltr: true },
      { label: words.period, value: periodIn(from, to, language) },
      { label: words.currency, value: currency, ltr: true },
    ],
    blocks: [account, ...body, note(words.note)],
    footer: `${words.title} – ${nameIn(channelName, language)}`,
    footerCode: `${channelCode}  ${from} – ${to}`,
    pageOf: words.page,
    madeAt: statement.asOf,
  };
}

function lines(
  { days, currency }: ChannelStatement,
  amount: (minor: bigint) => string,
  words: StatementWords,
): Block[] {
  const transfers = days.flatMap((day) => day.transfers);
  const column = (label: string) => ({ label, width: 20, kind: 'number' }) as const;
  const dayTable: Block = {
    kind: 'table',
    title: `${words.days} (${currency})`,
    columns: [
      { label: words.date, width: 18, kind: 'code' },
      ...[words.collected, words.reversed, words.adjusted, words.transfer, words.balance].map(column),
    ],
    rows: days
      .slice(0, MOST_PRINTED)
      .map((day) => [
        day.date,
        ...[day.collectedMinor, day.reversedMinor, day.adjustedMinor, day.paidMinor, day.balanceMinor].map(
          amount,
        ),
      ]),
  };
  const transferTable: Block = {
    kind: 'table',
    title: words.transfers,
    columns: [
      { label: words.bookedOn, width: 18, kind: 'code' },
      { label: words.valueDate, width: 18, kind: 'code' },
      { label: words.reference, width: 44, kind: 'code' },
      { label: `${words.amount} (${currency})`, width: 24, kind: 'number' },
    ],
    rows: transfers
      .slice(0, MOST_PRINTED)
      .map(({ paid_on, valued_on, reference, minor }) => [
        paid_on,
        valued_on ?? '–',
        reference ?? '–',
        amount(minor),
      ]),
    ...(transfers.length <= MOST_PRINTED && {
      total: [words.total, '', '', amount(transfers.reduce((all, { minor }) => all + minor, 0n))],
    }),
  };
  const cut = (all: number): Block[] =>
    all > MOST_PRINTED ? [note(words.truncated(MOST_PRINTED, all))] : [];
  return [
    dayTable,
    ...cut(days.length),
    ...(transfers.length === 0 ? [note(words.noTransfers)] : [transferTable, ...cut(transfers.length)]),
  ];
}

function note(text: string): Block {
  return { kind: 'note', text };
}
