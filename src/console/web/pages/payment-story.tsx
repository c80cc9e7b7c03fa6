// A payment's life in the order of time, in words: who paid where, what was answered, who was told, what went wrong, and
// where the money is.

import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../parts/icon.tsx';
import { Link } from '../parts/link.tsx';
import { Amount, Code, Day, Moment } from '../parts/shown.tsx';
import { fill, wordFor } from '../words/fill.ts';
import { useWords, type Words } from '../words/words.ts';
import type { StatementLine, TracedPayment } from './payment-shape.ts';

interface Step {
  /** An instant, or a day of a bank's books. */
  readonly at: string;
  readonly icon: IconName;
  readonly tone?: 'good' | 'bad' | 'wait';
  readonly what: string;
  readonly more?: ComponentChildren;
}

export function PaymentStory({ of }: { of: TracedPayment }) {
  const words = useWords();
  const steps = [...recorded(of, words), ...told(of, words), ...undone(of, words), ...settled(of, words)];
  // A bank books by the day: whatever happened on it came before.
  const place = ({ at }: Step): string => (at.length === 10 ? `${at}T99` : at);
  steps.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
  return (
    <ol class="story">
      {steps.map(({ at, icon, tone = 'plain', what, more }, nth) => (
        <li key={nth} class={tone}>
          <span class="sign-of">
            <Icon name={icon} size={16} />
          </span>
          <div>
            <p class="what">{what}</p>
            {more !== undefined && <p class="more">{more}</p>}
          </div>
          <p class="when">{at.length === 10 ? <Day of={at} /> : <Moment of={at} />}</p>
        </li>
      ))}
    </ol>
  );
}

function recorded(of: TracedPayment, { payments: { tells, words } }: Words): Step[] {
  return [
    {
      at: of.occurredAt,
      icon: 'pay',
      what: fill(tells.paid, { channel: of.channel }),
      more: [words[of.method as keyof typeof words] ?? of.method, of.outlet?.['id']]
        .filter(Boolean)
        .join(' · '),
    },
    ...(of.agencySaidAt === null
      ? []
      : [{ at: of.agencySaidAt, icon: 'clock', tone: 'wait', what: tells.agencySaid } as const]),
    {
      at: of.acceptedAt,
      icon: 'check',
      tone: 'good',
      what: of.bills.every(({ refusal }) => refusal !== null) ? tells.credited : tells.accepted,
      more: <Code of={of.reference} />,
    },
  ];
}

function told({ events = [] }: TracedPayment, { payments: { tells, events: types } }: Words): Step[] {
  return events.map(({ type, recordedAt, confirmation: { state, deliveredAt, failure, nextTryAt } }) => ({
    at: deliveredAt ?? recordedAt,
    icon: 'send',
    ...(state === 'delivered' && { tone: 'good' as const }),
    ...((state === 'aside' || state === 'parked') && { tone: 'bad' as const }),
    what: `${wordFor(types, type)}: ${wordFor(tells.confirmations, state)}`,
    ...((failure !== null || nextTryAt !== null) && {
      more: (
        <>
          <bdi>{failure}</bdi>{' '}
          {nextTryAt !== null && (
            <>
              {tells.nextTry} <Moment of={nextTryAt} />
            </>
          )}
        </>
      ),
    }),
  }));
}

function undone(of: TracedPayment, { payments: { tells }, breaks }: Words): Step[] {
  const steps: Step[] = [];
  if (of.reversal !== null)
    steps.push({
      at: of.reversal.recordedAt,
      icon: 'close',
      tone: 'bad',
      what: fill(tells.reversed, { channel: of.reversal.channel }),
      more: <bdi>{of.reversal.reason}</bdi>,
    });
  for (const { recordedAt, reason, amount } of of.rejections ?? [])
    steps.push({
      at: recordedAt,
      icon: 'close',
      tone: 'bad',
      what: tells.rejected,
      more: (
        <>
          <bdi>{reason}</bdi> · <Amount of={amount} />
        </>
      ),
    });
  for (const { breakId, kind, state, openedAt, endedAt } of of.breaks ?? []) {
    const more = <Link to={`/console/breaks/${breakId}`}>{wordFor(breaks.kinds, kind)}</Link>;
    steps.push({ at: openedAt, icon: 'scale', tone: 'wait', what: tells.breakOpened, more });
    if (endedAt !== null)
      steps.push({
        at: endedAt,
        icon: 'scale',
        what: `${tells.breakEnded}: ${wordFor(breaks.states, state)}`,
      });
  }
  for (const { caseNumber, disputeId, openedAt, decidedAt, outcome } of of.disputes) {
    const more = <Code of={caseNumber ?? disputeId} />;
    steps.push({ at: openedAt, icon: 'people', tone: 'wait', what: tells.disputed, more });
    if (decidedAt !== null)
      steps.push({
        at: decidedAt,
        icon: 'people',
        what: `${tells.decided}: ${wordFor(tells.outcomes, outcome ?? '')}`,
        more,
      });
  }
  return steps;
}

function settled({ daySealedAt, money }: TracedPayment, { payments: { tells }, settlements }: Words): Step[] {
  const steps: Step[] = [];
  const settlementId = money?.settlementId;
  if (typeof daySealedAt === 'string')
    steps.push({
      at: daySealedAt,
      icon: 'lock',
      what: tells.sealed,
      ...(typeof settlementId === 'string' && {
        more: <Link to={`/console/settlements/${settlementId}`}>{tells.settlement}</Link>,
      }),
    });
  for (const { endToEndId, state, valueDate, amount, lines } of money?.remittances ?? []) {
    steps.push({
      at: valueDate,
      icon: 'bank',
      ...(state === 'confirmed' && { tone: 'good' as const }),
      ...((state === 'returned' || state === 'rejected') && { tone: 'bad' as const }),
      what: `${tells.remittance}: ${wordFor(settlements.states, state)}`,
      more: (
        <>
          <Code of={endToEndId} /> · <Amount of={amount} />
        </>
      ),
    });
    steps.push(...lines.map((line) => lineStep(line, tells)));
  }
  return [...steps, ...(money?.lines ?? []).map((line) => lineStep(line, tells))];
}

function lineStep(line: StatementLine, tells: Words['payments']['tells']): Step {
  return {
    at: line.bookedOn,
    icon: 'bank',
    tone: line.kind === 'returned' || line.kind === 'taken-back' ? 'bad' : 'good',
    what: wordFor(tells.lines, line.kind),
    more: (
      <>
        <Code of={`${line.statementId}:${line.line}`} /> · <Amount of={line.amount} />
      </>
    ),
  };
}
