// Notes go in, one by one, until it is enough. What was put in is never lost: stopped half way, it becomes credit.

import { useEffect, useRef, useState } from 'preact/hooks';
import { systemClock } from '../../../../kernel/clock.ts';
import { fill } from '../../words/fill.ts';
import { Cash } from '../cash.ts';
import { Dialog } from '../dialog.tsx';
import { Idle } from '../idle.tsx';
import { useKiosk } from '../kiosk-context.ts';
import { PlayedAcceptor } from '../played-acceptor.tsx';
import { PlayedMachine } from '../played-machine.ts';
import { Amount, amountText, Lines, Told } from '../shown.tsx';
import { useSpeech } from '../speech.ts';
import { closeCash, minorOf, missingOf, takenOf, textOf, type Taking } from '../taking.ts';

interface AskedNote {
  readonly note: string;
  readonly value: string;
}

export function CashScreen({ taking: begun }: { taking: Taking }) {
  const kiosk = useKiosk();
  const { words } = useSpeech();
  const [taking, setTaking] = useState(begun);
  const [asked, setAsked] = useState<AskedNote>();
  const [fault, setFault] = useState<string>();
  const [isStopping, setStopping] = useState(false);
  const cash = useRef<Cash>(undefined);
  const { machine } = kiosk;
  useEffect(() => {
    if (machine === undefined) return undefined;
    const stopped = (last: Taking): void => void close(kiosk, last);
    const parts = { machine, book: kiosk.book, changed: setTaking, ask: setAsked, stopped, failed: setFault };
    const made = new Cash(begun, parts);
    cash.current = made;
    return () => made.leave();
  }, []);
  const { currency } = taking.total;
  const taken = takenOf(taking);
  const stop = (): void => cash.current?.stop();
  return (
    <section class="screen cash">
      <h2>{words.insert}</h2>
      <p class="figure">
        <span>{words.missing}</span>
        <Amount of={textOf(missingOf(taking), currency)} />
      </p>
      <Lines
        of={[
          [words.total, <Amount of={taking.total} />],
          [words.taken, <Amount of={textOf(taken, currency)} />],
        ]}
      />
      <p class="hint">{fill(words.noChange, { biller: taking.billerName })}</p>
      {fault !== undefined && <Told tone="bad">{words.fault}</Told>}
      {machine instanceof PlayedMachine && <PlayedAcceptor machine={machine} currency={currency} />}
      <footer class="choices">
        <button type="button" class="big" onClick={() => (taken === 0n ? stop() : setStopping(true))}>
          {taken === 0n ? words.cancel : words.stop}
        </button>
      </footer>
      {asked !== undefined && <TooMuch taking={taking} asked={asked} cash={cash.current} />}
      {isStopping && <Stop taking={taking} stop={stop} goOn={() => setStopping(false)} />}
      <Idle key={taking.notes.length} left={stop} />
    </section>
  );
}

/** The book says that the payment is to be made before the machine may forget what it holds. */
async function close(
  { book, machine, settings, courier, go, startOver }: ReturnType<typeof useKiosk>,
  last: Taking,
) {
  const closed = closeCash(last, settings.outletId, systemClock.now().toISOString());
  if (closed === undefined) await book.strike(last.reference);
  else await book.put(closed);
  machine?.send({ type: 'end', session: last.reference });
  if (closed === undefined) return startOver();
  courier.nudge();
  go({ at: 'end', taking: closed });
}

function TooMuch({ taking, asked, cash }: { taking: Taking; asked: AskedNote; cash: Cash | undefined }) {
  const { words, language } = useSpeech();
  const { currency } = taking.total;
  const missing = missingOf(taking);
  const over = minorOf({ value: asked.value, currency }) - missing;
  const text = (minor: bigint): string => amountText(textOf(minor, currency), language);
  const values = {
    note: amountText({ value: asked.value, currency }, language),
    missing: text(missing),
    over: text(over),
    biller: taking.billerName,
  };
  return (
    <Dialog title={words.overTitle}>
      <p>{fill(words.overText, values)}</p>
      <footer>
        <button type="button" class="big" onClick={() => cash?.giveBack(asked.note)}>
          {words.overReturn}
        </button>
        <button type="button" class="big main" onClick={() => cash?.keep(asked.note)}>
          {words.overKeep}
        </button>
      </footer>
    </Dialog>
  );
}

function Stop({ taking, stop, goOn }: { taking: Taking; stop: () => void; goOn: () => void }) {
  const { words, language } = useSpeech();
  const amount = amountText(textOf(takenOf(taking), taking.total.currency), language);
  return (
    <Dialog title={fill(words.stopTitle, { amount })} onClose={goOn}>
      <p>{fill(words.stopText, { biller: taking.billerName })}</p>
      <footer>
        <button type="button" class="big" onClick={stop}>
          {words.stopDo}
        </button>
        <button type="button" class="big main" onClick={goOn}>
          {words.goOn}
        </button>
      </footer>
    </Dialog>
  );
}
