// What becomes of an incoming bill, as a table: what is known, what comes, what happens.
import t from 'tap';
import { decideIntake, type StandingBill } from '../../src/bills/rules.ts';

type Case = readonly [
  known: string,
  status: StandingBill['status'] | 'expired' | 'none',
  version: number | null,
  incoming: number | null,
  same: boolean,
  expected: string,
];

const CASES: readonly Case[] = [
  ['a new number', 'none', null, null, false, 'created'],
  ['a new number with a version', 'none', null, 7, false, 'created'],
  ['open, no versions, same content', 'open', null, null, true, 'unchanged'],
  ['open, no versions, other content', 'open', null, null, false, 'replaced'],
  ['open, same version, same content', 'open', 3, 3, true, 'unchanged'],
  ['open, same version, other content', 'open', 3, 3, false, 'version-reused'],
  ['open, lower version', 'open', 3, 2, false, 'stale-version'],
  ['open, lower version, same content', 'open', 3, 2, true, 'stale-version'],
  ['open, higher version', 'open', 3, 4, false, 'replaced'],
  ['open, higher version, same content: the version counts', 'open', 3, 4, true, 'replaced'],
  ['open, version after none', 'open', null, 0, false, 'replaced'],
  ['open, version after none, same content: the version counts', 'open', null, 1, true, 'replaced'],
  ['open, none after version, same content', 'open', 3, null, true, 'unchanged'],
  ['open, none after version: the latest received counts', 'open', 3, null, false, 'replaced'],
  ['expired, higher version', 'expired', 3, 4, false, 'reopened'],
  ['expired, no versions, other content', 'expired', null, null, false, 'reopened'],
  ['expired, same', 'expired', null, null, true, 'unchanged'],
  ['expired, lower version', 'expired', 3, 1, false, 'stale-version'],
  ['cancelled, no version', 'cancelled', null, null, false, 'bill-cancelled'],
  ['cancelled, no version, same content', 'cancelled', null, null, true, 'bill-cancelled'],
  ['cancelled, first version', 'cancelled', null, 1, true, 'reopened'],
  ['cancelled, higher version', 'cancelled', 3, 4, true, 'reopened'],
  ['cancelled, same version', 'cancelled', 3, 3, true, 'bill-cancelled'],
  ['cancelled, lower version', 'cancelled', 3, 2, false, 'bill-cancelled'],
  ['cancelled, none after version', 'cancelled', 3, null, false, 'bill-cancelled'],
  ['paid, same', 'paid', 3, 3, true, 'bill-already-paid'],
  ['paid, higher version', 'paid', 3, 4, false, 'bill-already-paid'],
  ['paid, no versions', 'paid', null, null, false, 'bill-already-paid'],
];

for (const [name, status, version, incoming, same, expected] of CASES) {
  void t.test(name, async (t) => {
    const standing: StandingBill | undefined =
      status === 'none'
        ? undefined
        : {
            status: status === 'expired' ? 'open' : status,
            expired: status === 'expired',
            version: version === null ? null : BigInt(version),
            contentHash: 'a',
          };
    const bill = { version: incoming === null ? null : BigInt(incoming), contentHash: same ? 'a' : 'b' };
    t.equal(decideIntake(standing, bill), expected);
  });
}
