// Agreements: the version in force, what it serves, and how terms are read.

import t from 'tap';
import { agreementAt, readTerms, serves, type Terms } from '../../src/channels/index.ts';

const at = (time: string): Date => new Date(`2026-11-22T${time}Z`);

t.test('the version in force at an instant', async (t) => {
  const versions = [
    { version: 2, recordedAt: at('10:00:00.000') },
    { version: 1, recordedAt: at('09:00:00.000') },
    { version: 4, recordedAt: at('11:00:00.000') },
    { version: 3, recordedAt: at('11:00:00.000') },
  ];
  const table: [string, number | undefined][] = [
    ['08:59:59.999', undefined],
    ['09:00:00.000', 1],
    ['09:59:59.999', 1],
    ['10:00:00.000', 2],
    ['11:00:00.000', 4],
    ['23:00:00.000', 4],
  ];
  for (const [time, version] of table) t.equal(agreementAt(versions, at(time))?.version, version, time);
  t.equal(agreementAt([], at('12:00:00.000')), undefined);
});

t.test('what terms serve', async (t) => {
  const terms = {
    validFrom: '2026-11-01',
    validTo: '2026-11-30',
    methods: ['cash' as const, 'card' as const],
    outletKinds: ['kiosk' as const],
  };
  const good = { method: 'cash', outletKind: 'kiosk', date: '2026-11-22' } as const;
  t.equal(serves(terms, good), undefined);
  t.equal(serves(terms, { ...good, date: '2026-11-01' }), undefined);
  t.equal(serves(terms, { ...good, date: '2026-11-30' }), undefined);
  t.equal(serves(terms, { ...good, date: '2026-10-31' }), 'agreement');
  t.equal(serves(terms, { ...good, date: '2026-12-01' }), 'agreement');
  t.equal(serves(terms, { ...good, method: 'transfer' }), 'method');
  t.equal(serves(terms, { ...good, outletKind: 'web' }), 'outlet');
  t.equal(serves(terms, { ...good, outletKind: undefined }), 'outlet', 'an outlet must be named');
  t.equal(
    serves({}, { method: 'transfer', date: '1999-01-01' }),
    undefined,
    'what is not named is not bound',
  );
  t.equal(serves(undefined, good), 'agreement', 'an agreement that has ended');
});

const good: Terms = {
  route: 'via-operator',
  validFrom: '2026-01-01',
  methods: ['cash', 'account'],
  taxPercent: '5',
  fees: [
    { per: 'bill', bearer: 'payer', outletKinds: ['kiosk'], to: '100.000', flat: '0.200', max: '1.000' },
    { per: 'payment', bearer: 'shared', payerPercent: '50', percent: '0.25', min: '0.100' },
  ],
  commission: [{ percent: '0.1' }],
};

t.test('good terms are read as they are', async (t) => {
  t.same(readTerms(good, 'OMR'), { terms: good });
  t.same(readTerms({ route: 'direct' }, 'DZD'), { terms: { route: 'direct' } });
});

t.test('everything wrong is named with its place', async (t) => {
  const [fee] = good.fees ?? [];
  const table: [what: unknown, pointers: string[]][] = [
    [null, ['']],
    ['terms', ['']],
    [{}, ['/route']],
    [{ ...good, route: 'via' }, ['/route']],
    [{ ...good, colour: 'blue', 'a/b~c': 1 }, ['/colour', '/a~1b~0c']],
    [{ ...good, methods: [] }, ['/methods']],
    [{ ...good, methods: ['cash', 'cash'] }, ['/methods']],
    [{ ...good, methods: ['shells'] }, ['/methods/0']],
    [{ ...good, taxPercent: 5 }, ['/taxPercent']],
    [{ ...good, taxPercent: '-5' }, ['/taxPercent']],
    [{ ...good, taxPercent: '100.000001' }, ['/taxPercent']],
    [{ ...good, validFrom: '2026-02-30' }, ['/validFrom']],
    [{ ...good, validFrom: '2026-2-3' }, ['/validFrom']],
    [{ ...good, validTo: '2025-12-31' }, ['/validTo']],
    [{ ...good, fees: [{ flat: '0.100' }] }, ['/fees/0/per', '/fees/0/bearer']],
    [{ ...good, fees: [fee, { ...fee, flat: '0.20' }] }, ['/fees/1/flat']],
    [{ ...good, fees: [{ ...fee, flat: '1e3' }] }, ['/fees/0/flat']],
    [{ ...good, fees: [{ ...fee, flat: '-0.200' }] }, ['/fees/0/flat']],
    [{ ...good, fees: [{ ...fee, flat: undefined }] }, ['/fees/0']],
    [{ ...good, fees: [{ ...fee, min: '1.001' }] }, ['/fees/0/max']],
    [{ ...good, fees: [{ ...fee, from: '100.001' }] }, ['/fees/0/to']],
    [{ ...good, fees: [{ ...fee, percent: '101' }] }, ['/fees/0/percent']],
    [{ ...good, fees: [{ ...fee, bearer: 'shared' }] }, ['/fees/0/payerPercent']],
    [{ ...good, fees: [{ ...fee, payerPercent: '50' }] }, ['/fees/0/payerPercent']],
    [{ ...good, commission: [{ bearer: 'payer', flat: '1.000' }] }, ['/commission/0/bearer']],
    [{ ...good, commission: [{ flat: '1.00' }, {}] }, ['/commission/0/flat', '/commission/1']],
  ];
  for (const [json, expected] of table) {
    const read = readTerms(json, 'OMR');
    const pointers = 'errors' in read ? read.errors.map((error) => error.pointer) : 'read';
    t.same(pointers, expected, JSON.stringify(json)?.slice(0, 120));
  }
  const read = readTerms(good, 'DZD');
  t.match(read, { errors: [{ pointer: '/fees/0/to', detail: 'is no amount of DZD in its own scale' }] });
});
