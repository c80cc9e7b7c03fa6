// Money over debts, without a database: what is set off, what is paid first, what is left, what comes back.
import fc from 'fast-check';
import t from 'tap';
import { spreadOver, takeBack, type DueAt, type Part } from '../../../src/reconciliation/position/spread.ts';

const dues = (...minors: number[]): DueAt[] =>
  minors.map((minor, i) => ({ billerId: 1, businessDate: `2026-11-${10 + i}`, minor: BigInt(minor) }));
const shown = (parts: readonly Part[] | undefined) =>
  parts?.map(({ businessDate, minor }) => `${businessDate?.slice(8)} ${minor}`);

for (const [says, open, money, parts, left] of [
  ['the oldest first', [100, 50, 20], 120, ['10 100', '11 20'], 0],
  ['exactly', [100, 50], 150, ['10 100', '11 50'], 0],
  ['more than is owed', [100], 130, ['10 100'], 30],
  ['nothing is owed', [], 40, [], 40],
  ['what is owed to the channel first', [100, -30], 70, ['11 -30', '10 100'], 0],
  ['set off and not enough', [100, -30], 20, ['11 -30', '10 50'], 0],
  ['more is owed to the channel', [20, -50], 10, ['11 -20', '10 20'], 10],
  ['the channel owes nothing at all', [-50], 10, [], 10],
  ['two to set off', [-10, 40, -10], 0, ['10 -10', '12 -10', '11 20'], 0],
] as const) {
  t.test(says, (t) => {
    const spread = spreadOver(dues(...open), BigInt(money));
    t.strictSame(shown(spread.parts), [...parts]);
    t.equal(spread.leftMinor, BigInt(left));
    t.end();
  });
}

t.test('what comes back is taken in the order given, and never more than was paid', (t) => {
  t.strictSame(shown(takeBack(dues(30, 20), 40n)), ['10 -30', '11 -10']);
  t.equal(takeBack(dues(30), 31n), undefined);
  t.end();
});

t.test(
  'whatever is owed: nothing is lost, nothing is paid twice, and no debt is left where money is',
  (t) => {
    const minors = fc.array(fc.integer({ min: -100, max: 100 }), { maxLength: 12 });
    fc.assert(
      fc.property(minors, fc.integer({ min: 0, max: 500 }), (open, money) => {
        const list = dues(...open);
        const { parts, leftMinor } = spreadOver(list, BigInt(money));
        const spent = parts.reduce((sum, { minor }) => sum + minor, 0n);
        const owes = list.some(({ minor }) => minor > 0n);
        const before = open.reduce((sum, minor) => sum + BigInt(minor), 0n);
        const after = list.reduce((sum, { minor }) => sum + minor, 0n);
        return (
          spent + leftMinor === BigInt(money) &&
          leftMinor >= 0n &&
          before - spent === after &&
          !(owes && (leftMinor > 0n || list.some(({ minor }) => minor < 0n))) &&
          list.every(({ minor }, i) => minor >= 0n === (open[i] ?? 0) >= 0 || minor === 0n)
        );
      }),
    );
    t.end();
  },
);
