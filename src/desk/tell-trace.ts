// A trace in words for the person at the desk: what it is, what happened in order of time, where the money lies.

import { columns, show } from './columns.ts';
import { tellConfirmation } from './show-confirmation.ts';
import { tellDebit } from './show-trace-debit.ts';
import { tellMandate } from './show-trace-mandate.ts';
import { tellMoney } from './show-trace-money.ts';
import { tellBreak, tellLine, tellStatement } from './tell-trace-line.ts';
import type { TracedBill, TracedPayment, TracedReference } from './show-trace.ts';
import type { Trace } from './trace.ts';

export function tellTrace({
  payments,
  references,
  bills,
  mandates,
  debits,
  statements,
  lines,
  breaks,
}: Trace): string {
  return [
    ...breaks.map(tellBreak),
    ...lines.map(tellLine),
    ...statements.map(tellStatement),
    ...mandates.map(tellMandate),
    ...debits.map(tellDebit),
    ...payments.map(tellPayment),
    ...references.map(tellReference),
    ...bills.map(tellBill),
  ].join('\n\n');
}

function tellPayment(payment: TracedPayment): string {
  const { amount, fee, total } = payment;
  return [
    `Payment ${payment.paymentId}   ${payment.status}`,
    ...columns([
      ['receipt', payment.receiptNumber],
      ['paid', `${show(amount)} to ${payment.biller} + fee ${fee.value} = ${show(total)} handed over`],
      ['at', `${payment.channel}, ${payment.method}${outletOf(payment)}, ${payment.route}`],
      [
        'business date',
        `${payment.businessDate}${payment.daySealedAt === null ? '' : `, sealed ${payment.daySealedAt}`}`,
      ],
      [
        'fees',
        `borne by the biller ${payment.billerFee.value}, tax in fees ${payment.tax.value}, commission ${payment.commission.value}`,
      ],
      ...(payment.payer === null ? [] : [['payer', Object.values(payment.payer).join(', ')] as const]),
    ]),
    ...payment.bills.map((line) => `  bill ${line.billNumber}   ${show(line.amount)}${dueOf(line)}`),
    '  what happened',
    ...happened(payment).map(([at, what]) => `    ${at}  ${what}`),
    ...tellMoney(payment.money),
    ...payment.journals.flatMap((journal) => [
      `  journal ${journal.kind} of ${journal.businessDate}`,
      ...columns(
        journal.postings.map(({ account, side, amount }) => [`  ${side.padEnd(6)} ${account}`, show(amount)]),
      ),
    ]),
  ].join('\n');
}

function happened({
  occurredAt,
  acceptedAt,
  reversibleUntil,
  request,
  channel,
  reference,
  status,
  events,
  reversal,
  rejections,
  breaks,
  disputes,
  agencySaidAt,
}: TracedPayment) {
  const lines: [string, string][] = [[occurredAt, `the payer paid, says ${channel}`]];
  const outcome = request?.outcome ?? status;
  if (agencySaidAt !== null)
    lines.push([
      agencySaidAt,
      'what the agency said of the bills, and the payment went by: it did not answer',
    ]);
  lines.push([
    acceptedAt,
    `${outcome} under the reference ${reference} of ${channel}; reversible until ${reversibleUntil}`,
  ]);
  for (const event of events)
    lines.push([
      event.recordedAt,
      `event ${event.type}, revision ${event.revision} (${event.eventId}): ${tellConfirmation(event.confirmation)}`,
    ]);
  if (reversal !== null) {
    const { recordedAt, kind, reference: name, businessDate, reason } = reversal;
    lines.push([
      recordedAt,
      `${kind} by ${reversal.channel} under ${name}, dated ${businessDate}: ${reason}`,
    ]);
  }
  for (const { recordedAt, reference: name, reason, businessDate, amount, bills } of rejections) {
    const breaks = bills.map(({ billNumber, breakId, state }) => `${billNumber} (${breakId}, ${state})`);
    lines.push([
      recordedAt,
      `rejected by the agency under ${name}, dated ${businessDate}: ${reason}; ${show(amount)} are the payer's credit, breaks: ${breaks.join(', ')}`,
    ]);
  }
  lines.push(...breaks.flatMap(toldBreak), ...disputes.flatMap(toldDispute));
  return lines.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function toldBreak(of: TracedPayment['breaks'][number]): [string, string][] {
  const { openedAt, endedAt, breakId, kind, state, resolution } = of;
  const how = resolution === null ? '' : ` by ${resolution}`;
  return [
    [openedAt, `break ${kind} (${breakId})`],
    ...(endedAt === null ? [] : [[endedAt, `break ${breakId} ${state}${how}`] as [string, string]]),
  ];
}

function toldDispute(of: TracedPayment['disputes'][number]): [string, string][] {
  const { openedAt, decidedAt, disputeId, caseNumber, openedBy, reason, outcome, dueAt } = of;
  const name = caseNumber === null ? `dispute ${disputeId}` : `case ${caseNumber} (${disputeId})`;
  return [
    [openedAt, `${name} opened by the ${openedBy}: ${reason}; to be decided by ${dueAt}`],
    ...(decidedAt === null ? [] : [[decidedAt, `${name} decided: ${outcome}`] as [string, string]]),
  ];
}

function tellReference({ channel, reference, outcome, asked, problem, recordedAt }: TracedReference): string {
  const bills = asked?.bills.map(({ billNumber, amount }) => `${billNumber} ${show(amount)}`).join(', ');
  return [
    `Reference ${reference} of ${channel}   ${outcome}`,
    ...columns([
      ['recorded', recordedAt],
      [
        'asked',
        asked === null
          ? 'nothing yet: burnt before a payment came'
          : `${asked.biller}, ${asked.method}: ${bills ?? ''}`,
      ],
      ...(problem === null ? [] : [['answered', JSON.stringify(problem)] as const]),
    ]),
  ].join('\n');
}

function tellBill(bill: TracedBill): string {
  const amount = bill.amount ?? `${bill.min ?? '0'} to ${bill.max ?? 'any'}`;
  return [
    `Bill ${bill.billNumber} of ${bill.biller}   ${bill.status}`,
    ...columns([
      ['owed by', `${bill.payerId} ${bill.payerName}`],
      ['for', bill.description],
      [
        'amount',
        `${amount} ${bill.currency}, due ${bill.dueOn}${bill.expiresOn === null ? '' : `, expires ${bill.expiresOn}`}`,
      ],
      [
        'received',
        `${bill.receivedAt}${bill.fileId === null ? '' : ` in file ${bill.fileId}`}, revision ${bill.revision}`,
      ],
      ...(bill.paymentId === null ? [] : [['paid by', bill.paymentId] as const]),
    ]),
    ...bill.history.map(({ recordedAt, reason, was, amount: before, paymentId, note }) => {
      const details = [was, before, paymentId, note?.reason].filter(
        (detail) => detail !== null && detail !== undefined,
      );
      return `    ${recordedAt}  ${reason}; was ${details.join(', ')}`;
    }),
  ].join('\n');
}

function dueOf({ due, penalty, refusal }: TracedPayment['bills'][number]): string {
  if (refusal !== null) return `, became credit: ${refusal}`;
  return due === null ? ', open amount' : ` of ${due.value} due, penalty ${penalty.value}`;
}

function outletOf({ outlet }: TracedPayment): string {
  return outlet === null ? '' : ` at ${Object.values(outlet).join(' ')}`;
}
