// What a payer is told of a debit that goes without a part: which bills are left out, what is collected, and what was to be.
import t from 'tap';
import { write } from '../../src/confirmations/messages/compose.ts';
import { debitRecipients } from '../../src/confirmations/messages/debit-recipients.ts';
import { LANGUAGES } from '../../src/confirmations/messages/message.ts';

t.test('of what goes without a part the payer is told which bills, what is collected, and what was', (t) => {
  const payload = {
    mandateReference: 'MND-1',
    account: 'OM****3456',
    amount: { value: '10.000', currency: 'OMR' },
    amountBefore: { value: '30.000', currency: 'OMR' },
    collectOn: '2026-11-30',
    reason: null,
    retryOn: null,
    leftOut: ['A-2'],
    bills: [
      { billNumber: 'A-1', amount: { value: '10.000', currency: 'OMR' }, outcome: null },
      { billNumber: 'A-2', amount: { value: '20.000', currency: 'OMR' }, outcome: 'withdrawn' },
      { billNumber: 'A-3', amount: { value: '20.000', currency: 'OMR' }, outcome: 'paid-elsewhere' },
    ],
  };
  for (const language of LANGUAGES) {
    const payer = { mobile: '+96824123456', email: 'noor@example.om', language };
    const told = debitRecipients({ type: 'debit.reduced', at: '2026-11-27T06:00:00Z', payload, payer }, 'en');
    t.match(
      told.map(({ medium }) => medium),
      ['sms', 'email'],
    );
    for (const { kind, medium, facts } of told) {
      const { text } = write(
        facts,
        { kind, medium, language },
        { name: { en: 'Social Insurance' }, timeZone: 'Asia/Muscat' },
      );
      for (const part of ['A-2', '10.000 OMR', '30.000 OMR', 'OM***3456', '2026-11-30'])
        t.ok(text.includes(part), `${medium} ${language}: ${part}`);
      t.notMatch(text, /A-[13]/);
    }
  }
  t.end();
});
