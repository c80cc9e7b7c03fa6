// A linked agency that wants no webhook is told at its link, one payment at a time. Its answer says more than that it
// was received: booked, or paid elsewhere meanwhile, and then the money becomes the payer's credit.

import type { Biller } from '../billers/index.ts';
import { notificationOf } from '../bills/link/index.ts';
import { showId } from '../kernel/ids.ts';
import { takeOutcome, type ReverseTools } from '../payments/index.ts';
import type { EndpointTerms } from './delivery/index.ts';
import { eventIdOf } from './show-event.ts';

/** undefined: this agency is not told through a link. */
export function linkEndpoint(
  biller: Biller | undefined,
  masterKey: Buffer,
  tools: ReverseTools,
): EndpointTerms | undefined {
  const notification = biller === undefined ? undefined : notificationOf(biller, masterKey);
  if (notification === undefined) return undefined;
  return {
    url: notification.url,
    secrets: [notification.secret],
    batch: false,
    changedAt: new Date(0), // read anew as often as the directory is
    wants: (type) => type.startsWith('payment.'),
    understands: async (event, answer) => {
      const confirmed = {
        eventId: eventIdOf(event),
        type: event.type,
        paymentId: showId('pay', event.subject),
      };
      return (await takeOutcome(tools, confirmed, answer)) !== 'unreadable';
    },
  };
}
