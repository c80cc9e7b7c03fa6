// CNAS: an employer authorises the fund, his bank validates by its API, the fund accepts, he declares, and an immediate debit
// pays exactly what he declared; through the gateway, the worker and the bank of a whole installation.
import t from 'tap';
import type { CnasTold } from '../../src/demo/stories/cnas.ts';
import { parseId } from '../../src/kernel/ids.ts';
import { tellStory } from '../support/told-story.ts';

await t.test('an employer pays his contributions by debit', async (t) => {
  const { came, story, messages, query, wasit } = await tellStory<CnasTold>(t, 'cnas');
  const { run, debitId, mandateId, paymentIds } = came;

  await t.test('what stands in the books', async (t) => {
    const [mandate] = await query<object>(
      `select state, bank_reference is not null as is_validated, shown_account from mandate where mandate_id = $1`,
      [parseId('mnd', mandateId)],
    );
    t.match(mandate, { state: 'accepted', is_validated: true });
    t.notMatch(JSON.stringify(mandate), '0000002001', 'the account is masked');
    t.match(
      await query(
        `select state, cause, way, amount_minor, bank_reference is not null as is_named from debit_order where debit_id = $1`,
        [parseId('dbt', debitId)],
      ),
      [{ state: 'collected', cause: 'demand', way: 'api', amount_minor: 21_185_050n, is_named: true }],
    );
    const bills = await query(
      `select b.bill_number, b.status, b.amount_minor, d.amount_minor as debited, d.outcome
         from debit_bill d join bill b using (biller_id, bill_number) where d.debit_id = $1 order by 1`,
      [parseId('dbt', debitId)],
    );
    t.same(bills, [
      {
        bill_number: `CNAS-${run}-1`,
        status: 'paid',
        amount_minor: 18_450_000n,
        debited: 18_450_000n,
        outcome: 'paid',
      },
      {
        bill_number: `CNAS-${run}-2`,
        status: 'paid',
        amount_minor: 2_735_050n,
        debited: 2_735_050n,
        outcome: 'paid',
      },
    ]);
    const payments = await query(
      `select sum(amount_minor)::bigint as minor, count(*)::int as count, min(method) as method from payment where payment_id = any($1)`,
      [paymentIds.map((id) => parseId('pay', id))],
    );
    t.match(payments, [{ minor: 21_185_050n, count: paymentIds.length, method: 'account' }]);
    t.match(await wasit('books'), /The books hold/);
  });

  await t.test('the employer reads in French that the mandate holds, and his receipt', (t) => {
    const [submitted, validated, accepted, receipt] = messages;
    t.match(submitted, /le mandat .* est enregistré/);
    t.match(validated, /votre banque a confirmé le mandat/);
    t.match(accepted, /est actif/);
    t.match(receipt, /paiement de .*enregistré pour les factures CNAS-/);
    t.equal(messages.length, 4, 'and nothing else');
    t.end();
  });

  t.match(story, /"outcome": "paid"/);
});
