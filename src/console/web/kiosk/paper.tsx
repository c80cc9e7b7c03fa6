// What is printed, 80 mm wide; the screen does not show it. A receipt leads to its check, a slip back to this machine.

import type { ComponentChildren } from 'preact';
import { fill } from '../words/fill.ts';
import { useKiosk } from './kiosk-context.ts';
import { Qr } from './qr.tsx';
import { Amount, Code, Lines, Moment } from './shown.tsx';
import { useSpeech } from './speech.ts';
import { partsOf, takenOf, textOf, type Outcome, type Taking } from './taking.ts';

function Sheet({ title, children }: { title: string; children: ComponentChildren }) {
  const { settings } = useKiosk();
  const { words } = useSpeech();
  return (
    <article class="paper" aria-hidden="true">
      <h2>{title}</h2>
      {children}
      {settings.acceptor === 'played' && <p>{words.played}</p>}
      {settings.helpline !== '' && <p>{fill(words.helpline, { phone: settings.helpline })}</p>}
    </article>
  );
}

export function Paper({ taking }: { taking: Taking }) {
  const { settings } = useKiosk();
  const { words } = useSpeech();
  const { paper } = words;
  const { step, outcome, restOutcome, total } = taking;
  const isDone = step === 'done';
  const { paid, credited, held } = partsOf(taking);
  const of = (minor: bigint) => <Amount of={textOf(minor, total.currency)} />;
  const title = !isDone
    ? paper.slip
    : paid > 0n
      ? paper.receipt
      : credited > 0n
        ? paper.creditNote
        : paper.refundSlip;
  const problem = outcome?.problem ?? restOutcome?.problem;
  const receipts = [outcome?.payment, restOutcome?.payment].filter((each) => each !== undefined);
  return (
    <Sheet title={title}>
      <p>{taking.billerName}</p>
      <Lines
        of={[
          [words.billNumber, <Code of={taking.billNumber} />],
          [paper.taken, of(takenOf(taking))],
          isDone && paid > 0n && [paper.paid, of(paid)],
          isDone && paid > 0n && [words.fee, <Amount of={outcome?.payment?.fee ?? taking.fee} />],
          isDone && credited > 0n && [paper.credited, of(credited)],
          isDone && held > 0n && [paper.held, of(held)],
          [paper.at, <Moment of={outcome?.payment?.acceptedAt ?? taking.startedAt} />],
          [paper.outlet, <Code of={settings.outletId} />],
          [paper.reference, <Code of={taking.reference} />],
          isDone && problem !== undefined && [paper.why, problem.title],
        ]}
      />
      {receipts.map(({ receiptNumber }) => (
        <Check key={receiptNumber} receiptNumber={receiptNumber} />
      ))}
      {isDone && credited > 0n && <p>{paper.creditNext}</p>}
      {isDone && held > 0n && <p>{paper.heldNext}</p>}
      {!isDone && (
        <>
          <p>{words.waitingText}</p>
          <Qr of={taking.reference} label={paper.later} />
          <p>{paper.later}</p>
        </>
      )}
    </Sheet>
  );
}

/** Of a payment that was looked up by its slip. */
export function FoundPaper({ reference, outcome }: { reference: string; outcome: Outcome }) {
  const { settings } = useKiosk();
  const { words } = useSpeech();
  const { payment, status, problem } = outcome;
  const { paper } = words;
  const titles = { accepted: paper.receipt, credited: paper.creditNote } as const;
  const title = status === 'accepted' || status === 'credited' ? titles[status] : paper.slip;
  return (
    <Sheet title={title}>
      <Lines
        of={[
          payment && [words.billNumber, <Code of={payment.bills.map((each) => each.billNumber).join(' ')} />],
          payment && [status === 'credited' ? paper.credited : paper.paid, <Amount of={payment.total} />],
          payment && [words.fee, <Amount of={payment.fee} />],
          payment && [paper.at, <Moment of={payment.acceptedAt} />],
          [paper.outlet, <Code of={settings.outletId} />],
          [paper.reference, <Code of={reference} />],
          problem && [paper.why, problem.title],
        ]}
      />
      {payment && <Check receiptNumber={payment.receiptNumber} />}
      {status === 'credited' && <p>{paper.creditNext}</p>}
    </Sheet>
  );
}

function Check({ receiptNumber }: { receiptNumber: string }) {
  const { words } = useSpeech();
  return (
    <>
      <Lines of={[[words.paper.receiptNumber, <Code of={receiptNumber} />]]} />
      <Qr of={`${location.origin}/r/${receiptNumber}`} label={words.paper.check} />
      <p>{words.paper.check}</p>
    </>
  );
}
