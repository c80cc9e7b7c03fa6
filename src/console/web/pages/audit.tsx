// Who changed what, the newest first: the operator's people see all, others what their own did.

import { useState } from 'preact/hooks';
import { BillerChoice } from '../parts/biller-choice.tsx';
import { Button } from '../parts/button.tsx';
import { ExportList } from '../parts/export-list.tsx';
import { Field } from '../parts/field.tsx';
import { Head } from '../parts/head.tsx';
import { Code, Moment } from '../parts/shown.tsx';
import { List, type Column, type Page } from '../parts/table.tsx';
import type { PageProps } from '../place.ts';
import { go, pathWith, useAddress, withQuery } from '../reach/address.ts';
import { useRead } from '../reach/use-read.ts';
import { useWords, type Words } from '../words/words.ts';

interface Entry {
  readonly auditId: string;
  readonly at: string;
  readonly actor: string;
  readonly origin: string;
  readonly action: string;
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
}

const NAMED = ['actor', 'action', 'subject'] as const;
type Named = Record<(typeof NAMED)[number], string>;

export default function AuditPage({ staff }: PageProps) {
  const words = useWords();
  const { audit, places } = words;
  const { query } = useAddress();
  const filters = {
    biller: query.get('biller'),
    actor: query.get('actor'),
    action: query.get('action'),
    subject: query.get('subject'),
    from: query.get('from'),
    to: query.get('to'),
  };
  const read = useRead<Page<Entry>>(
    pathWith('/v1/audit', { ...filters, after: query.get('after'), limit: '50' }),
  );
  return (
    <>
      <Head title={places.audit} under={audit.under}>
        <ExportList<Entry>
          path={pathWith('/v1/audit', { ...filters, limit: '1000' })}
          fileName="audit.csv"
          columns={[
            [audit.at, ({ at }) => at],
            [audit.actor, ({ actor }) => actor],
            [audit.origin, ({ origin }) => origin],
            [audit.action, ({ action }) => action],
            [audit.subject, ({ subject }) => subject],
            [audit.before, ({ before }) => textOf(before)],
            [audit.after, ({ after }) => textOf(after)],
          ]}
        />
      </Head>
      {/* Another search, going back too, fills the fields anew. */}
      <Filters key={NAMED.map((name) => query.get(name)).join(' ')} staff={staff} />
      <p class="standing">{audit.hint}</p>
      <List
        caption={places.audit}
        read={read}
        keyOf={({ auditId }) => auditId}
        columns={columnsOf(words)}
        empty={audit.empty}
      />
    </>
  );
}

/** Names are looked for when they are whole, dates as they are chosen. */
function Filters({ staff }: Pick<PageProps, 'staff'>) {
  const { audit, common } = useWords();
  const { query } = useAddress();
  const [named, setNamed] = useState<Named>({
    actor: query.get('actor') ?? '',
    action: query.get('action') ?? '',
    subject: query.get('subject') ?? '',
  });
  const choose = (changes: Record<string, string>): void => go(withQuery(changes), { replaces: true });
  const search = (event: Event): void => {
    event.preventDefault();
    go(withQuery(Object.fromEntries(NAMED.map((name) => [name, named[name].trim()]))));
  };
  return (
    <form class="filters" role="search" onSubmit={search}>
      <BillerChoice staff={staff} />
      {NAMED.map((name) => (
        <Field
          key={name}
          label={audit[name]}
          isCode
          type="search"
          value={named[name]}
          onValue={(value) => setNamed({ ...named, [name]: value })}
        />
      ))}
      <Field
        label={common.from}
        type="date"
        value={query.get('from') ?? ''}
        onValue={(from) => choose({ from })}
      />
      <Field
        label={common.until}
        type="date"
        value={query.get('to') ?? ''}
        onValue={(to) => choose({ to })}
      />
      <Button type="submit" icon="search">
        {common.search}
      </Button>
    </form>
  );
}

function columnsOf({ audit }: Words): Column<Entry>[] {
  return [
    { name: audit.at, show: ({ at }) => <Moment of={at} /> },
    {
      name: audit.actor,
      show: ({ actor, origin }) => (
        <>
          <bdi>{actor}</bdi>
          <p class="hint">
            <bdi dir="ltr">{origin}</bdi>
          </p>
        </>
      ),
    },
    {
      name: audit.action,
      show: ({ action, subject, before, after }) => (
        <>
          <Code of={action} /> <Code of={subject} />
          {(before !== null || after !== null) && (
            <details class="kept">
              <summary>{audit.show}</summary>
              {before !== null && <Kept title={audit.before} value={before} />}
              {after !== null && <Kept title={audit.after} value={after} />}
            </details>
          )}
        </>
      ),
    },
  ];
}

function Kept({ title, value }: { title: string; value: unknown }) {
  return (
    <>
      <p class="hint">{title}</p>
      <pre dir="ltr">{textOf(value)}</pre>
    </>
  );
}

function textOf(value: unknown): string {
  return value === null ? '' : JSON.stringify(value, null, 1);
}
