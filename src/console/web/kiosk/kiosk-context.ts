// What every screen of the kiosk has at hand, and the screens there are.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Book, Offer, Settings } from './book.ts';
import type { Courier, CourierParts } from './courier.ts';
import type { Bill, Inquiry } from './inquiry.ts';
import type { Machine } from './machine.ts';
import type { Offers } from './offers.ts';
import type { Outcome, Taking } from './taking.ts';

export type Screen =
  | { readonly at: 'opening' | 'closed' | 'set-up' }
  /** `billNumber`: it was scanned, and whose it is has to be said. */
  | { readonly at: 'start'; readonly billNumber?: string }
  | { readonly at: 'number'; readonly offer: Offer; readonly billNumber?: string }
  | { readonly at: 'bills'; readonly offer: Offer; readonly inquiry: Inquiry }
  | { readonly at: 'bill'; readonly offer: Offer; readonly inquiry: Inquiry; readonly bill: Bill }
  | { readonly at: 'cash' | 'end'; readonly taking: Taking }
  | { readonly at: 'slip'; readonly reference: string; readonly outcome: Outcome | undefined };

export interface Kiosk {
  readonly book: Book;
  readonly settings: Settings;
  readonly machine: Machine | undefined;
  /** The machine prints by itself what the page shows to printers. */
  readonly prints: boolean;
  readonly ask: CourierParts['ask'];
  readonly courier: Courier;
  readonly offers: Offers;
  readonly go: (screen: Screen) => void;
  /** In the language of the start, with nothing of the last payer. */
  readonly startOver: () => void;
}

export const KioskContext = createContext<Kiosk | undefined>(undefined);

export function useKiosk(): Kiosk {
  const kiosk = useContext(KioskContext);
  if (kiosk === undefined) throw new Error('the kiosk is not set up');
  return kiosk;
}
