// Where the events of an agency are sent, and how their deliveries are doing. It is set by the agency's own program.

import { Button } from '../parts/button.tsx';
import { Facts, Panel } from '../parts/facts.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Code, Moment } from '../parts/shown.tsx';
import { pathWith } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';

interface WebhookOf {
  readonly url: string;
  readonly events: readonly string[] | null;
  readonly batch: boolean;
  readonly previousSecretUntil?: string;
  readonly delivery: {
    readonly waiting: number;
    readonly aside: number;
    readonly parked: number;
    readonly failingSince: string | null;
    readonly lastFailure: string | null;
    readonly nextTryAt: string | null;
  };
}

const EVERY_MS = 15_000;

interface WebhookProps {
  biller: string | null;
  /** undefined: it is not his to do. */
  resendParked?: () => void;
}

export function Webhook({ biller, resendParked }: WebhookProps) {
  const { deliveries } = useWords();
  const read = useRead<WebhookOf>(pathWith('/v1/webhook', { biller }), { everyMs: EVERY_MS });
  if (read.problem?.code === 'webhook-not-found')
    return (
      <Panel title={deliveries.webhook}>
        <p class="hint">{deliveries.noWebhook}</p>
      </Panel>
    );
  return (
    <Loaded read={read}>
      {(webhook) => (
        <div class="panels">
          <Settings of={webhook} />
          <Standing of={webhook.delivery} {...(resendParked && { resendParked })} />
        </div>
      )}
    </Loaded>
  );
}

function Settings({ of }: { of: WebhookOf }) {
  const { deliveries } = useWords();
  return (
    <Panel title={deliveries.webhook}>
      <Facts
        of={[
          [deliveries.url, <Code key="url" of={of.url} canCopy />],
          [
            deliveries.events,
            of.events === null ? deliveries.allEvents : <Code key="events" of={of.events.join(', ')} />,
          ],
          [deliveries.batch, of.batch ? deliveries.batched : deliveries.single],
          of.previousSecretUntil !== undefined && [
            deliveries.oldSecret,
            <Moment key="until" of={of.previousSecretUntil} />,
          ],
        ]}
      />
    </Panel>
  );
}

type StandingProps = Pick<WebhookProps, 'resendParked'> & { of: WebhookOf['delivery'] };

function Standing({ of, resendParked }: StandingProps) {
  const { words, language } = useSpeech();
  const { deliveries } = words;
  return (
    <Panel
      title={deliveries.standing}
      actions={
        of.parked > 0 &&
        resendParked && (
          <Button icon="send" onClick={resendParked}>
            {deliveries.resendAll}
          </Button>
        )
      }
    >
      <Facts
        of={[
          [deliveries.waiting, showCount(of.waiting, language)],
          [deliveries.aside, showCount(of.aside, language)],
          [deliveries.parked, showCount(of.parked, language)],
          of.failingSince !== null && [deliveries.failingSince, <Moment key="since" of={of.failingSince} />],
          of.lastFailure !== null && [deliveries.failure, <bdi key="failure">{of.lastFailure}</bdi>],
          of.nextTryAt !== null && [deliveries.nextTry, <Moment key="next" of={of.nextTryAt} />],
        ]}
      />
    </Panel>
  );
}
