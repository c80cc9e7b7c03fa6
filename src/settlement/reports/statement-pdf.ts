// A payer's statement on paper.

import type { Biller } from '../../billers/index.ts';
import { parseMinor, type MoneyText } from '../../kernel/money.ts';
import { printPdf, type Block, type PrintedDocument } from '../../platform/files/index.ts';
import type { Language } from '../../platform/http/index.ts';
import type { NamesByCode } from '../batch.ts';
import { nameOf } from '../documents/report.ts';
import { amountIn, nameIn, periodIn, WORDS } from '../documents/words/index.ts';
import type { StatementAnswer } from './statement-schema.ts';

/** Printed by the gateway itself while others pay: a page takes some tens of milliseconds of it. */
const MOST_PRINTED = 200;

export function statementPdf(
  statement: StatementAnswer,
  biller: Pick<Biller, 'name'>,
  names: NamesByCode,
  language: Language,
): Promise<Buffer> {
  return printPdf(asPages(statement, biller, names, language));
}

function asPages(
  statement: StatementAnswer,
  biller: Pick<Biller, 'name'>,
  names: NamesByCode,
  language: Language,
): PrintedDocument {
  const words = WORDS[language];
  const { items, currency } = statement;
  const shown = (amount: MoneyText) => amountIn(minorOf(amount), currency, language);
  const blocks: Block[] = [
    {
      kind: 'account',
      heads: ['', `${words.amount} (${currency})`],
      items: [
        { label: words.totalPaid, value: shown(statement.paid) },
        { label: words.totalReversed, value: amountIn(-minorOf(statement.reversed), currency, language) },
        { label: words.totalStands, value: shown(statement.stands), total: true },
        ...(minorOf(statement.credit) === 0n ? [] : [{ label: words.kept, value: shown(statement.credit) }]),
      ],
    },
    items.length === 0 ? { kind: 'note', text: words.noPayments } : lines(statement, names, language),
    ...(items.length > MOST_PRINTED
      ? [{ kind: 'note', text: words.truncated(MOST_PRINTED, items.length) } as const]
      : []),
    { kind: 'note', text: words.statementNote },
  ];
  return {
    language,
    title: words.payerStatement,
    party: statement.payerName,
    subject: [
      { label: words.payer, value: statement.payerId, ltr: true },
      { label: words.period, value: periodIn(statement.from, statement.to, language) },
      { label: words.biller, value: nameIn(biller.name, language) },
    ],
    blocks,
    footer: `${words.payerStatement} – ${nameIn(biller.name, language)}`,
    footerCode: `${statement.payerId}  ${statement.from} – ${statement.to}`,
    pageOf: words.page,
    madeAt: new Date(statement.asOf),
  };
}

function lines({ items, paid, currency }: StatementAnswer, names: NamesByCode, language: Language): Block {
  const words = WORDS[language];
  const status = { paid: words.paid, reversed: words.takenBack, returned: words.paidElsewhere };
  return {
    kind: 'table',
    title: words.paymentsTitle,
    columns: [
      { label: words.date, width: 16, kind: 'code' },
      { label: words.bill, width: 26, kind: 'code' },
      { label: words.receipt, width: 30, kind: 'code' },
      { label: words.columns.channel, width: 25, kind: 'text' },
      { label: words.status, width: 17, kind: 'text' },
      { label: `${words.amount} (${currency})`, width: 20, kind: 'number' },
    ],
    rows: items
      .slice(0, MOST_PRINTED)
      .map((item) => [
        item.businessDate,
        item.billNumber,
        item.receiptNumber,
        nameOf({ dimension: 'channel', key: item.channelCode }, names, language),
        status[item.status],
        amountIn(minorOf(item.amount), currency, language),
      ]),
    ...(items.length <= MOST_PRINTED && {
      total: [words.total, '', '', '', '', amountIn(minorOf(paid), currency, language)],
    }),
  };
}

function minorOf({ value, currency }: MoneyText): bigint {
  const negative = value.startsWith('-');
  const minor = parseMinor(negative ? value.slice(1) : value, currency);
  if (minor === undefined) throw new Error(`${value} is no amount of ${currency}`);
  return negative ? -minor : minor;
}
