// The day as it goes: what comes in, when, by whom; what is refused; what waits. It follows by itself while somebody looks.

import { BillerChoice, isOperator } from '../parts/biller-choice.tsx';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Segments } from '../parts/segments.tsx';
import { Amount, Day, Moment } from '../parts/shown.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import type { Staff } from '../reach/session.ts';
import { useRead } from '../reach/use-read.ts';
import { fill } from '../words/fill.ts';
import { showCount } from '../words/show.ts';
import { useSpeech, useWords } from '../words/words.ts';
import { Hours } from './today-hours.tsx';
import { Billers, Channels, DayState } from './today-parties.tsx';
import { OpenWork, Refusals, Speeds } from './today-standing.tsx';
import { currenciesOf, totalOf, type Today } from './today-shape.ts';

const EVERY_MS = 3_000;

export default function TodayPage({ staff }: PageProps) {
  const { places, today } = useWords();
  const { query } = useAddress();
  const [biller, channel, date] = ['biller', 'channel', 'date'].map((name) => query.get(name));
  const read = useRead<Today>(pathWith('/v1/today', { biller, channel, date }), { everyMs: EVERY_MS });
  return (
    <>
      <Head title={places.today} under={<Under of={read.body} fallback={today.under} />}>
        <Filters staff={staff} />
      </Head>
      <Loaded read={read}>{(body) => <Glance today={body} staff={staff} />}</Loaded>
    </>
  );
}

/** Whose date it is, where it is one for all that is shown, and of when this is. */
function Under({ of, fallback }: { of: Today | undefined; fallback: string }) {
  const { today } = useWords();
  const [first] = of?.days ?? [];
  if (of === undefined || first === undefined) return fallback;
  const isOne = of.days.every(({ businessDate }) => businessDate === first.businessDate);
  return (
    <span class="glance-under">
      {isOne && (
        <span>
          {today.date} <Day of={first.businessDate} />
        </span>
      )}
      {of.days.length === 1 && (
        <span>
          <DayState of={first} />
        </span>
      )}
      <span class="live">
        {today.asOf} <Moment of={of.asOf} isShort />
      </span>
    </span>
  );
}

function Filters({ staff }: { staff: Staff }) {
  const { today } = useWords();
  const { query } = useAddress();
  const channel = query.get('channel');
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  return (
    <form class="glance-filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <BillerChoice staff={staff} />
      <Field
        label={today.date}
        type="date"
        value={query.get('date') ?? ''}
        onValue={(date) => choose({ date })}
      />
      {channel !== null && (
        <div>
          <Button icon="close" onClick={() => choose({ channel: '' })}>
            {fill(today.onlyChannel, { channel })}
          </Button>
        </div>
      )}
    </form>
  );
}

function Glance({ today, staff }: { today: Today; staff: Staff }) {
  const { query } = useAddress();
  const currencies = currenciesOf(today);
  const asked = query.get('currency');
  const currency = asked !== null && currencies.includes(asked) ? asked : (currencies[0] ?? '');
  const isAll = isOperator(staff) && query.get('biller') === null;
  return (
    <>
      <Sums today={today} currency={currency} currencies={currencies} />
      <Hours today={today} currency={currency} />
      <div class="panels">
        <Channels today={today} currency={currency} canChoose={staff.channelCode === undefined} />
        {today.refusals !== null && <Refusals of={today.refusals} />}
      </div>
      {isAll && <Billers today={today} currency={currency} />}
      <div class="panels">
        <OpenWork of={today.open} />
        <Speeds today={today} />
      </div>
    </>
  );
}

interface SumsProps {
  today: Today;
  currency: string;
  currencies: readonly string[];
}

function Sums({ today, currency, currencies }: SumsProps) {
  const { words, language } = useSpeech();
  const { accepted, credited, reversed } = totalOf(today, currency);
  const count = (payments: number): string =>
    fill(words.today.ofPayments, { count: showCount(payments, language) });
  return (
    <section class="sums" aria-label={words.today.sums}>
      <div class="figure main">
        <p class="label">{words.today.collected}</p>
        <p class="value">
          <Amount of={accepted.amount} />
        </p>
        <p class="label">{count(accepted.payments)}</p>
      </div>
      {(
        [
          [words.today.credited, credited],
          [words.today.reversed, reversed],
        ] as const
      ).map(([name, part]) => (
        <div key={name} class="figure">
          <p class="label">{name}</p>
          <p class="value">
            <Amount of={part.amount} />
          </p>
          <p class="label">{count(part.payments)}</p>
        </div>
      ))}
      {currencies.length > 1 && (
        <Segments
          label={words.today.currency}
          value={currency}
          onValue={(one) => go(withQuery({ currency: one }), { replaces: true })}
          options={currencies.map((one) => [one, one])}
        />
      )}
    </section>
  );
}
