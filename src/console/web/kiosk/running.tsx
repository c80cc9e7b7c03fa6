// The kiosk at work: what stood open is gone on with, then one payer after another.

import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { systemClock } from '../../../kernel/clock.ts';
import type { Book, Settings } from './book.ts';
import { caller, Courier } from './courier.ts';
import { Idle } from './idle.tsx';
import { KioskContext, type Kiosk, type Screen } from './kiosk-context.ts';
import { findMachine } from './machine.ts';
import { useOffers } from './offers.ts';
import { PlayedMachine } from './played-machine.ts';
import { recover, type Recovered } from './recover.ts';
import { BillScreen } from './screens/bill.tsx';
import { BillsScreen } from './screens/bills.tsx';
import { CashScreen } from './screens/cash.tsx';
import { EndScreen } from './screens/end.tsx';
import { NumberScreen } from './screens/number.tsx';
import { SlipScreen } from './screens/slip.tsx';
import { Closed, StartScreen } from './screens/start.tsx';
import { listenToScanner } from './scanner.ts';
import { useSpeech } from './speech.ts';
import { isReference, type Taking } from './taking.ts';

export function Running({ book, settings }: { book: Book; settings: Settings }) {
  const { speak } = useSpeech();
  const [screen, go] = useState<Screen>({ at: 'opening' });
  const [recovered, setRecovered] = useState<Recovered>();
  const machine = useMemo(
    () => (settings.acceptor === 'played' ? new PlayedMachine(book) : findMachine()),
    [book, settings],
  );
  const ask = useMemo(() => caller(settings.key), [settings]);
  const courier = useCourier(book, ask, go);
  const offers = useOffers(book, ask, screen.at === 'start' || screen.at === 'opening');
  const open = useCallback(() => {
    const now = systemClock.now().toISOString();
    void recover(book, machine, { outletId: settings.outletId, now }).then((found) => {
      setRecovered(found);
      courier?.nudge();
      const { taking } = found;
      if (taking !== undefined) speak(taking.language);
      if (taking !== undefined) go({ at: taking.step === 'cash' ? 'cash' : 'end', taking });
      else go({ at: found.machine === undefined ? 'closed' : 'start' });
    });
  }, [book, machine, settings, courier]);
  useEffect(open, [open]);
  const canTake = recovered?.machine !== undefined;
  const startOver = useCallback(() => {
    speak(settings.language);
    renewWhenNewer();
    go({ at: canTake ? 'start' : 'closed' });
  }, [settings, canTake]);
  if (courier === undefined) return null;
  const prints = recovered?.machine?.prints ?? false;
  const kiosk: Kiosk = { book, settings, machine, prints, ask, courier, offers, go, startOver };
  return (
    <KioskContext.Provider value={kiosk}>
      <Scans screen={screen} kiosk={kiosk} />
      <Shown screen={screen} open={open} />
    </KioskContext.Provider>
  );
}

function Shown({ screen, open }: { screen: Screen; open: () => void }) {
  switch (screen.at) {
    case 'opening':
    case 'set-up':
      return null;
    case 'closed':
      return <Closed again={open} />;
    case 'start':
      return <StartScreen billNumber={screen.billNumber} />;
    case 'number':
      return <NumberScreen key={screen.billNumber} {...screen} />;
    case 'bills':
      return <BillsScreen {...screen} />;
    case 'bill':
      return <BillScreen key={screen.bill.billNumber} {...screen} />;
    case 'cash':
      return <CashScreen key={screen.taking.reference} taking={screen.taking} />;
    case 'end':
      return <EndScreen key={screen.taking.reference} taking={screen.taking} />;
    case 'slip':
      return <SlipScreen {...screen} />;
  }
}

/** An answer has come while its end or its slip is on the screen. */
function withNews(screen: Screen, taking: Taking): Screen {
  const { reference, outcome } = taking;
  if (screen.at === 'end' && screen.taking.reference === reference) return { at: 'end', taking };
  if (screen.at === 'slip' && screen.reference === reference) return { at: 'slip', reference, outcome };
  return screen;
}

function useCourier(
  book: Book,
  ask: Kiosk['ask'],
  go: (change: (screen: Screen) => Screen) => void,
): Courier | undefined {
  const [courier, setCourier] = useState<Courier>();
  useEffect(() => {
    const changed = (taking: Taking): void => go((screen) => withNews(screen, taking));
    const made = new Courier({ book, ask, changed });
    setCourier(made);
    return () => made.stop();
  }, [book, ask]);
  return courier;
}

/** A code may be held under the scanner wherever no money is under way. */
function Scans({ screen, kiosk }: { screen: Screen; kiosk: Kiosk }) {
  const { go, startOver } = kiosk;
  const isOpen =
    screen.at !== 'cash' && screen.at !== 'end' && screen.at !== 'opening' && screen.at !== 'closed';
  const offer = 'offer' in screen ? screen.offer : undefined;
  useEffect(() => {
    if (!isOpen) return undefined;
    return listenToScanner((text) => {
      const code = text.trim();
      if (isReference(code)) go({ at: 'slip', reference: code, outcome: undefined });
      else if (offer !== undefined) go({ at: 'number', offer, billNumber: code });
      else go({ at: 'start', billNumber: code });
    });
  }, [isOpen, offer]);
  const isClearing = isOpen && !(screen.at === 'start' && screen.billNumber === undefined);
  return isClearing ? <Idle key={screen.at} left={startOver} /> : null;
}

/** Newer pages are taken when nobody is in the midst of something. */
function renewWhenNewer(): void {
  void navigator.serviceWorker
    .getRegistration('/kiosk/')
    .then(async (registration) => {
      const before = registration?.active;
      await registration?.update();
      if (registration?.waiting !== null || registration.active !== before) location.reload();
    })
    // Without a line there is nothing newer.
    .catch(() => undefined);
}
