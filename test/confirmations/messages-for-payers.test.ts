// The payment knows whether a payer may have to be told of it; its event says so in the outbox and in the feed.
import t from 'tap';
import { numberEvents } from '../support/feed.ts';
import { startMessageWorld } from '../support/message-world.ts';

const FATMA = { mobile: '+96890000001', language: 'en' } as const;

t.test('a payment says whether a payer may have to be told of it', async (t) => {
  const world = await startMessageWorld(t);
  const { db } = world;
  await world.pay({});
  await numberEvents(db);
  await world.pay({ payer: FATMA });
  await numberEvents(db);
  await world.pay({ contact: FATMA });
  await numberEvents(db);
  const rows = await db.transaction((tx) =>
    tx.query<{ for_payers: boolean | null }>('select for_payers from event_feed order by number'),
  );
  t.same(
    rows.map((row) => row.for_payers),
    [null, true, true],
    'the channel names him, or the bill; else nobody is looked for',
  );
});
