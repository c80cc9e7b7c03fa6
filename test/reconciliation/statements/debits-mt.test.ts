// A bank that writes MT940 has no field for the end-to-end id: it stands in the text, broken where a line is full.
import t from 'tap';
import { endToEndIdOf } from '../../../src/mandates/debits/index.ts';
import { bookAll, debit, debitStanding, makeDebitWorld } from '../../support/debits.ts';
import { inFile } from '../../support/debit-file.ts';
import { bring, linesOf, OURS, statementParts } from '../../support/statement-world.ts';

t.test('in free text, and as a word of it', async (t) => {
  const world = await makeDebitWorld(t);
  const debits = [];
  for (const number of ['D-1', 'D-2', 'D-3']) debits.push(await debit(world, [{ number, amount: '10.000' }]));
  await inFile(world.db, debits);
  const [one = '', two = '', three = ''] = debits.map(endToEndIdOf);
  const text = `PRELEVEMENT AL NOOR TRADING CONTRIBUTION NOV ${one} FIN`;
  const file = [
    ':20:S1',
    `:25:${OURS}`,
    ':28C:1/1',
    ':60F:C261122OMR0,',
    ':61:2611231123C10,000NDDTNONREF//B1',
    `:86:${text.slice(0, 65)}`,
    text.slice(65),
    ':61:2611231123C10,000NDDTNONREF//B2',
    `:86:/EREF/${two}/NAME/AL NOOR`,
    ':61:2611231123C10,000NDDTNONREF//B3',
    `:86:/EREF/${three}/NAME/AL NOOR`,
    ':61:2611231123D10,000NRTINONREF//B4',
    `:86:/EREF/${three}/RTRN/AM04/NAME/AL NOOR`,
    ':62F:C261123OMR20,000',
    '-',
    '',
  ].join('\r\n');
  const { fileId } = await bring(statementParts(world), Buffer.from(file));
  t.same(
    (await linesOf(world.db, fileId)).map(({ outcome }) => outcome),
    ['debit', 'debit', 'debit', 'debit-returned'],
  );
  await bookAll(world);
  const standings = await Promise.all(debits.map((each) => debitStanding(world, each)));
  t.match(standings, [
    { state: 'collected' },
    { state: 'collected' },
    { state: 'returned', why: 'insufficient-funds', bills: ['D-3 returned open'] },
  ]);
});
