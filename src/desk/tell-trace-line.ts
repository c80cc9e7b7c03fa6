// A break, a statement and a line of one in words for the person at the desk.

import type { BreakLife } from '../reconciliation/breaks/index.ts';
import type { ShownStatement } from '../reconciliation/statements/index.ts';
import { columns, show } from './columns.ts';
import type { TracedLine } from './trace-line.ts';

export function tellBreak(life: BreakLife): string {
  const { breakId, kind, state, amount, why, billerCode, channelCode, businessDate, reference } = life;
  const about = [billerCode ?? 'the operator', channelCode, businessDate, reference].filter(
    (each) => each !== null,
  );
  return [
    `Break ${breakId}   ${kind}, ${state}`,
    ...columns([
      ['at stake', show(amount)],
      ['about', about.join(', ')],
      ...(why === null ? [] : [['why', why] as const]),
      ...(life.statement === null
        ? []
        : [['line', `${life.statement.statementId}:${life.statement.line}`] as const]),
      ...(life.debitId === null ? [] : [['debit', life.debitId] as const]),
      ['looked after by', life.owner?.login ?? 'nobody'],
    ]),
    '  what happened',
    ...life.history.map(({ at, by, action, comment, content, approvalId }) => {
      const more = [comment, approvalId, content === undefined ? undefined : JSON.stringify(content)];
      const said = more.filter((each) => each !== undefined).map((each) => `: ${each}`);
      return `    ${at}  ${action} by ${by?.login ?? 'the system'}${said.join('')}`;
    }),
  ].join('\n');
}

export function tellLine(line: TracedLine): string {
  const { statementId, amount, outcome, bookedAs, parts, breaks, bankReference, endToEndId } = line;
  const names = [
    ['bank’s reference', bankReference],
    ['end-to-end id', endToEndId],
  ] as const;
  return [
    `Line ${line.line} of ${statementId}   ${outcome}`,
    ...columns([
      ['account', line.account ?? `of ${line.biller}`],
      ['booked', `${line.bookedOn}, ${show(amount)}`],
      ...names.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const])),
      ...breaks.map(({ breakId, kind, state }) => ['break', `${breakId} ${kind}, ${state}`] as const),
    ]),
    ...bookedAs.flatMap((part) => [
      `  ${[part.kind, show(part.amount), part.biller, part.channel, part.subject, part.approvalId].filter((each) => each !== null).join(' ')}`,
      ...columns(part.postings.map((p) => [`  ${p.side.padEnd(6)} ${p.account}`, show(p.amount)])),
    ]),
    ...(parts > bookedAs.length ? [`  and ${parts - bookedAs.length} more`] : []),
  ].join('\n');
}

export function tellStatement(statement: ShownStatement): string {
  const { statementId, account, biller, from, to, opening, closing, outcomes } = statement;
  const became = Object.entries(outcomes).map(([outcome, lines]) => `${lines} ${outcome}`);
  return [
    `Statement ${statementId}   ${statement.form}, ${statement.continuity}`,
    ...columns([
      ['account', account ?? `of ${biller}`],
      ['of', `${from ?? '?'} to ${to ?? '?'}, ${statement.reference}`],
      ...(opening === null || closing === null
        ? []
        : [['balances', `${show(opening)} to ${show(closing)}`] as const]),
      ['moved', `in ${show(statement.credits)}, out ${show(statement.debits)}`],
      ['lines', `${statement.lines}: ${became.join(', ')} (wasit statement lines ${statementId})`],
    ]),
  ].join('\n');
}
