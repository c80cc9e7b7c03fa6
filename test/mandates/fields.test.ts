// What a mandate may say: account numbers that prove themselves, money of the agency's currency, days, covers; and one
// reference, one mandate, also of two at once.
import t from 'tap';
import { act, look, makeMandateWorld, open, opened, terms, validate } from '../support/mandates.ts';

t.test('the fields of a mandate', async (t) => {
  const world = await makeMandateWorld(t);
  const { agency, bank } = world;
  const faulty = async (more: object) => {
    const { code, problem } = await open(agency, more);
    const errors = (problem as { errors?: { pointer: string }[] } | undefined)?.errors ?? [];
    return [code, ...errors.map(({ pointer }) => pointer)].join(' ');
  };
  const money = (value: string, currency = 'OMR') => ({ value, currency });
  const account = (number: string, holder = 'A') => ({ account: { number, holder } });

  await t.test('each fault is told with its place', async (t) => {
    const cases: [more: object, expected: string][] = [
      [account('OM820180000001299123456'), 'malformed-request /account/number'],
      [account('00799999001234567890'), 'malformed-request /account/number'],
      [account('OM81 0180 0000 0129 9123 456', ' A'), 'malformed-request /account/holder'],
      [account('1234', 'A\u202eB'), 'malformed-request /account/holder'],
      [account('1234', 'A\ufffeB'), 'malformed-request /account/holder'],
      [{ payerName: 'A\u{1ffff}' }, 'malformed-request /payerName'],
      [{ payerName: 'A\nB' }, 'malformed-request /payerName'],
      [{ payerId: "1'; drop table mandate" }, 'malformed-request /payerId'],
      [
        { ceiling: { perDebit: money('5.00'), perMonth: money('9.000') } },
        'malformed-request /ceiling/perDebit/value',
      ],
      [
        { ceiling: { perDebit: money('0.000'), perMonth: money('9.000') } },
        'malformed-request /ceiling/perDebit/value',
      ],
      [
        { ceiling: { perDebit: money('9.000'), perMonth: money('5.000') } },
        'malformed-request /ceiling/perMonth',
      ],
      [
        { ceiling: { perDebit: money('9.00', 'QAR'), perMonth: money('9.000') } },
        'malformed-request /ceiling/perDebit/currency',
      ],
      [{ validUntil: '2026-11-30' }, 'malformed-request /validUntil'],
      [{ validFrom: '2026-01-01', validUntil: '2026-11-21' }, 'malformed-request /validUntil'],
      [{ validFrom: '2026-02-30' }, 'malformed-request /validFrom'],
      [{ announceDays: 31 }, 'malformed-request /announceDays'],
      [{ covers: [{ billerCode: 'dz-social', payerId: 'E-1' }] }, 'malformed-request /covers/0/billerCode'],
      [
        { covers: [{ billerCode: 'om-social', payerId: 'E-2', units: ['x'] }] },
        'malformed-request /covers/0/units',
      ],
      [
        { covers: [1, 2].map(() => ({ billerCode: 'om-social', payerId: 'E-2' })) },
        'malformed-request /covers/1',
      ],
      [{ covers: [{ billerCode: 'nobody', payerId: 'E-2' }] }, 'biller-not-found'],
      [{ channelCode: 'stranger' }, 'malformed-request /channelCode'],
      [{ unknown: 1 }, 'malformed-request /unknown'],
    ];
    for (const [more, expected] of cases) t.equal(await faulty(more), expected, JSON.stringify(more));
    t.equal(
      await faulty({ collect: { on: 'days' } }),
      'malformed-request /collect/days',
      'the days are missing',
    );
    t.equal(await faulty({ collect: { on: 'x' } }), 'malformed-request /collect/on');
    for (const collect of [
      { on: 'days' },
      { on: 'days', days: [0] },
      { on: 'days', days: [1, 1] },
      { on: 'x' },
    ])
      t.match(await open(agency, { collect }), { code: 'malformed-request' }, JSON.stringify(collect));
    t.match(await open(world.client('eg-local'), { channelCode: 'transit' }), { code: 'malformed-request' });
    const foreign = { perDebit: money('5.00', 'EGP'), perMonth: money('9.00', 'EGP') };
    t.match(await open(world.client('eg-local'), { channelCode: 'transit', ceiling: foreign }), {
      code: 'biller-not-served',
    });
  });

  await t.test('an Algerian RIB, fixed days in order, Arabic names', async (t) => {
    const ceiling = { perDebit: money('5000.00', 'DZD'), perMonth: money('9000.00', 'DZD') };
    const id = await opened(world.client('dz-social'), {
      account: { number: '007 99999 0012345678 03', holder: 'شركة النور' },
      payerName: 'شركة النور',
      ceiling,
      collect: { on: 'days', days: [15, 1] },
    });
    t.match(await look(bank, id), {
      body: {
        account: { number: '00799999001234567803', kind: 'rib', holder: 'شركة النور' },
        collect: { on: 'days', days: [1, 15] },
      },
    });
  });

  await t.test('one reference, one mandate', async (t) => {
    const first = await open(agency, { reference: 'R-1' });
    const spaced = { account: { number: 'om81-0180 0000 0129 9123 456', holder: 'Al Noor Trading' } };
    const again = await open(agency, { reference: 'R-1', ...spaced });
    t.match(again, { status: 200, body: { mandateId: first.body?.mandateId } }, 'however it is written');
    for (const [more, field] of [
      [{ payerId: 'E-2' }, 'payerId'],
      [{ by: 'payer' }, 'by'],
      [{ draft: true }, 'draft'],
      [{ validUntil: '2028-01-01' }, 'validUntil'],
      [{ account: { number: '12345', holder: 'Al Noor Trading' } }, 'account'],
      [{ channelCode: 'transit' }, 'channelCode'],
    ] as const)
      t.match(await open(agency, { reference: 'R-1', ...more }), {
        code: 'reference-reused',
        problem: { field },
      });
    await validate(bank, first.body?.mandateId ?? '');
    t.match(await open(agency, { reference: 'R-1' }), { status: 200, body: { state: 'bank-validated' } });
    const ofBank = { reference: 'R-1', billerCode: 'om-social', channelCode: undefined };
    t.match(await open(bank, ofBank), { status: 201 }, 'a bank’s references are its own');
  });

  await t.test('the same sent twenty times at once is opened once', async (t) => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => open(agency, { reference: 'R-2' })));
    t.same(answers.map(({ status }) => status).sort(), [...Array<number>(19).fill(200), 201]);
    t.equal(new Set(answers.map(({ body }) => body?.mandateId)).size, 1);
  });

  await t.test('a draft and what was returned are changed as a whole, nothing else is', async (t) => {
    const id = await opened(agency, { draft: true });
    const put = (more: object) => agency.send('PUT', `/v1/mandates/${id}`, terms(more));
    t.match(await put({ payerId: 'E-9', covers: [{ billerCode: 'om-social', payerId: 'E-10' }] }), {
      status: 200,
      body: { payerId: 'E-9', covers: [{ payerId: 'E-10' }, { payerId: 'E-9' }] },
    });
    t.match(await put({ channelCode: 'agent' }), { code: 'malformed-request' });
    t.match(await put({ reference: 'x' }), { code: 'malformed-request' });
    await act(agency, id, 'submission');
    t.match(await act(agency, id, 'submission'), { status: 200, body: { revision: 1 } }, 'again');
    t.match(await put({}), { code: 'mandate-state', problem: { state: 'submitted' } });
  });
});
