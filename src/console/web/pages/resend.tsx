// Before events are sent again: which, and what it means to who gets them.

import { Ask } from '../parts/ask.tsx';
import { call } from '../reach/call.ts';
import { fill } from '../words/fill.ts';
import { useWords } from '../words/words.ts';

interface ResendProps {
  biller: string | null;
  /** undefined: all that were given up. */
  eventId: string | undefined;
  close: (isDone: boolean) => void;
}

export function Resend({ biller, eventId, close }: ResendProps) {
  const { deliveries } = useWords();
  const verb = eventId === undefined ? deliveries.resendAll : deliveries.resend;
  return (
    <Ask
      title={verb}
      verb={verb}
      act={() =>
        call({
          method: 'POST',
          path: '/v1/deliveries/resend',
          body: {
            ...(biller !== null && { billerCode: biller }),
            ...(eventId === undefined ? { state: 'parked' } : { eventIds: [eventId] }),
          },
        })
      }
      close={close}
    >
      <p>
        {eventId === undefined ? deliveries.resendAllWhat : fill(deliveries.resendWhat, { event: eventId })}
      </p>
    </Ask>
  );
}
