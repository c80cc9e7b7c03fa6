// Case numbers: one form whatever is typed, and every single wrong character and exchange is seen.
import fc from 'fast-check';
import t from 'tap';
import { newCaseNumber, parseCaseNumber } from '../../src/kernel/case-number.ts';

t.test('as people type them', async (t) => {
  for (let i = 0; i < 200; i++) {
    const number = newCaseNumber();
    t.match(number, /^C-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    t.equal(parseCaseNumber(number), number);
    t.equal(parseCaseNumber(number.toLowerCase().replaceAll('-', ' ')), number);
    t.equal(parseCaseNumber(number.slice(2)), number);
  }
  for (const text of ['', 'C-', 'C-0000-000', 'C-0000-00000', 'pay_01', '٠٠٠٠', 'C'.repeat(100)])
    t.equal(parseCaseNumber(text), undefined, text);
});

t.test('no single wrong character passes, and no exchange of two', async () => {
  fc.assert(
    fc.property(
      fc.nat(7),
      fc.nat(7),
      fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'),
      (at, other, wrong) => {
        const number = newCaseNumber().slice(2).replace('-', '');
        const changed = number.slice(0, at) + wrong + number.slice(at + 1);
        const swapped = [...number];
        [swapped[at], swapped[other]] = [swapped[other] ?? '', swapped[at] ?? ''];
        const isSame = (text: string): boolean => text === number || parseCaseNumber(text) === undefined;
        return isSame(changed) && isSame(swapped.join(''));
      },
    ),
  );
});
