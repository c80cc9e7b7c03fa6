// Pay codes: one number for a set of bills. A payment's bills are counted one by one, however they are named, and a
// code may be typed in any case.
import t from 'tap';
import { bill, requestOf } from '../support/client.ts';
import { startTestWorld } from '../support/gateway.ts';
import { addBills, addManyBills } from '../support/world.ts';

t.test('pay codes', async (t) => {
  const world = await startTestWorld(t);
  const { db } = world;
  const bank = world.client('bank');
  const numbers = await addManyBills(db, 'om', 'S', 620, '1.000');
  let sets = 0;
  const codeOf = async (bills: string[]): Promise<string> => {
    const [row] = await db.transaction((tx) =>
      tx.query<{ code: string }>(
        `insert into pay_code (biller_id, code, reference, bill_numbers, created_at)
         values (1, $1, $2, $3, business_now()) returning code`,
        [CODES[sets], `set-${(sets += 1)}`, bills],
      ),
    );
    return row?.code ?? '';
  };
  const [two, other, large, larger] = [
    await codeOf(numbers.slice(0, 2)),
    await codeOf(numbers.slice(2, 5)),
    await codeOf(numbers.slice(10, 310)),
    await codeOf(numbers.slice(310, 511)),
  ];

  await t.test('two codes and a bill in one payment', async (t) => {
    const order = {
      bills: [bill(two, '2.000'), bill(other, '3.000'), bill(numbers[5] ?? '', '1.000')],
      fee: { value: '0.200', currency: 'OMR' },
    };
    const { status, body, text } = await bank.pay(order);
    t.equal(status, 201, text);
    t.same(
      body?.bills.map(({ billNumber }) => billNumber),
      numbers.slice(0, 6),
    );
  });

  await t.test('members are counted: more than 500 bills are no payment', async (t) => {
    for (const bills of [
      [bill(large, '300.000'), bill(larger, '201.000')],
      [bill(large, '300.000'), ...numbers.slice(312, 513).map((number) => bill(number, '1.000'))],
      Array.from({ length: 500 }, () => bill(large, '300.000')),
    ]) {
      const { problem } = await bank.pay({ bills });
      t.equal(problem?.code, 'malformed-request');
      t.same(
        problem?.errors?.map(({ pointer }) => pointer),
        ['/bills'],
      );
    }
    const most = [bill(large, '300.000'), ...numbers.slice(311, 511).map((number) => bill(number, '1.000'))];
    t.equal((await bank.pay({ bills: most })).body?.bills.length, 500);
  });

  await t.test('in any case', async (t) => {
    const code = await codeOf(numbers.slice(600, 602));
    const asked = await bank.inquire({ billerCode: 'om-social', billNumber: code.toLowerCase() });
    t.equal(asked.body?.bills.length, 2, asked.text);
    const request = requestOf({ bills: [bill(code.toLowerCase(), '2.000')] });
    const paid = await bank.pay(request);
    t.equal(paid.status, 201, paid.text);
    const again = await bank.pay({ ...request, bills: [bill(code, '2.000')] });
    t.equal(again.text, paid.text, 'another spelling is the same request');
    const own = 'rf18000000000539007547034';
    await addBills(db, 'om', [{ number: own, amount: '1.000' }]);
    t.equal((await bank.pay({ bills: [bill(own, '1.000')] })).code, 'ok', 'a bill may look like one');
  });
  t.same(world.faults, []);
});

/** References of ISO 11649 with true check digits. */
const CODES = ['RF18539007547034', 'RF712348231', 'RF45G72UUR', 'RF6518K5', 'RF485000056789012345'];
