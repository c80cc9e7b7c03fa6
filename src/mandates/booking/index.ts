// Door of booking: what follows from the words of banks.

export { bookDebit, bookDebits, type BookingTools } from './book-debits.ts';
export { bookingMetrics } from './metrics.ts';
export { returnKind } from './return-kind.ts';
