// Opening + movements = closing, whatever the dialect; early word of bookings has nothing to prove.
import t from 'tap';
import {
  checkSums,
  StatementFault,
  type StatementHead,
  type StatementLine,
  type StatementPart,
} from '../../../src/reconciliation/index.ts';

const HEAD: StatementHead = {
  form: 'statement',
  message: 'camt.053',
  reference: 'S1',
  sequence: null,
  account: 'OM810180000001299123456',
  currency: 'OMR',
  from: null,
  to: null,
  opening: { minor: 18_150n, on: null },
};
const LINE: StatementLine = {
  entry: 1,
  minor: 8_850n,
  bookedOn: '2026-03-01',
  bookedAt: null,
  valuedOn: null,
  isReversal: false,
  bankReference: null,
  sumReference: null,
  endToEndId: null,
  messageId: null,
  paymentInfoId: null,
  code: null,
  returnReason: null,
  counterparty: null,
  counterpartyAccount: null,
  text: '',
  place: 'line 1',
};

const statement = (
  head: Partial<StatementHead>,
  movements: bigint[],
  closing: bigint | null,
): StatementPart[] => [
  { kind: 'statement', head: { ...HEAD, ...head } },
  ...movements.map((minor) => ({ kind: 'line' as const, line: { ...LINE, minor } })),
  { kind: 'end', tail: { closing: closing === null ? null : { minor: closing, on: null } } },
];

const CASES: readonly [string, StatementPart[], string | undefined][] = [
  ['adds up', statement({}, [8_850n], 27_000n), undefined],
  ['adds up into the red', statement({}, [-20_000n], -1_850n), undefined],
  ['no movement', statement({}, [], 18_150n), undefined],
  [
    'one unit too much',
    statement({}, [8_850n, 1n], 27_000n),
    'statement 1 (S1, account OM*****************3456): its opening balance 18.150 and its movements 8.851 make 27.001 OMR, ' +
      'but it says that it closes with 27.000',
  ],
  [
    'no opening',
    statement({ opening: null }, [], 0n),
    'statement 1 (S1, account OM*****************3456): it says no opening balance',
  ],
  [
    'no closing',
    statement({}, [], null),
    'statement 1 (S1, account OM*****************3456): it says no closing balance',
  ],
  ['a notification', statement({ form: 'notification', opening: null }, [5n], null), undefined],
  [
    'the second of two',
    [...statement({}, [8_850n], 27_000n), ...statement({ reference: 'S2' }, [1n], 27_000n)],
    'statement 2 (S2, account OM*****************3456): its opening balance 18.150 and its movements 0.001 make 18.151 OMR, ' +
      'but it says that it closes with 27.000',
  ],
];

for (const [name, parts, fault] of CASES)
  t.test(name, async (t) => {
    const passed: StatementPart[] = [];
    const read = async () => {
      for await (const part of checkSums(from(parts))) passed.push(part);
    };
    if (fault === undefined) {
      await read();
      t.strictSame(passed, parts);
      return;
    }
    const error = await read().catch((error: unknown) => error);
    t.ok(error instanceof StatementFault);
    if (error instanceof StatementFault) t.equal(`${error.place}: ${error.message}`, fault);
    t.not(passed.at(-1)?.kind, 'end', 'the end of a statement at fault is not passed on');
  });

t.test('a stream that is no statement is a fault of the reader, not of the bank', async (t) => {
  const loose = statement({}, [1n], 18_151n);
  for (const parts of [loose.slice(1), loose.slice(0, -1)])
    await t.rejects(
      async () => {
        for await (const part of checkSums(from(parts))) t.ok(part);
      },
      { message: /outside of a statement|has no end/ },
    );
});

async function* from(parts: readonly StatementPart[]): AsyncGenerator<StatementPart> {
  yield* parts;
}
