// Remittances as people meet them: the operator at the command line, the agency over HTTP.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import t from 'tap';
import { showId } from '../../../src/kernel/ids.ts';
import { commandLine } from '../../support/command-line.ts';
import { filesAt, makeRemitWorld, planned, standing } from '../../support/remit-world.ts';
import { colleague, session } from '../../support/staff.ts';
import { setClock } from '../../support/world.ts';

interface Listed {
  readonly items: readonly { readonly id: string; readonly state: string; readonly held: string | null }[];
}

t.test('the operator looks, lets approve, and sends; the agency follows', async (t) => {
  const world = await makeRemitWorld(t, { approveAboveMinor: '0' });
  const one = await planned(world);
  await setClock(world.db, '2026-11-23T06:00:00Z');
  const { wasit, dir } = await commandLine(t, world.url);
  const id = showId('rmt', one.remittanceId);

  const list = await wasit('remittance', 'list', '--json');
  t.match((JSON.parse(list.out) as Listed).items, [{ id, state: 'planned', held: 'approval' }]);
  t.match((await wasit('remittance', 'list', '--state', 'lost')).code, 2);

  const signIn = async (login: string) => {
    const token = await session(world.db, login);
    const file = { baseUrl: world.baseUrl, login, token, expiresAt: '2099-01-01T00:00:00Z' };
    await writeFile(path.join(dir, 'session.json'), JSON.stringify(file));
  };
  for (const login of ['amal', 'badr']) {
    await colleague(world.db, world.baseUrl, login, 'operator-admin');
    await signIn(login);
    const said = await wasit('remittance', 'approve', id);
    t.equal(said.code, 0, said.err);
  }
  t.match(await standing(world.db, one.remittanceId), { state: 'approved' });

  const dry = await wasit('remittance', 'send', '--dry-run');
  t.match(dry.out, 'would make an order of 1 transfer, 125.500 OMR, and hand over what waits');
  t.match(await standing(world.db, one.remittanceId), { state: 'approved' }, 'and nothing was done');
  const nobody = await wasit('remittance', 'send');
  t.match(nobody, { code: 1, err: /nobody is here to be asked/ });
  const sent = await wasit('remittance', 'send', '--yes');
  t.equal(sent.code, 0, sent.err);
  t.match(sent.out, /handed over ours-omr_2026-11-23_WST\w+\.xml/);
  t.equal((await filesAt(path.join(dir, 'orders'))).size, 1);

  const shown = await wasit('remittance', 'show', id);
  t.match(shown.out, one.endToEndId);
  t.match(await wasit('remittance', 'retry', id), {
    code: 1,
    err: /is sent: this does not follow from there/,
  });
  t.equal((await wasit('remittance', 'confirm', id)).code, 0);
  const [asked] = await world.db.transaction((tx) =>
    tx.query<{ steps: number }>(`select steps from approval where kind = 'remittance-confirm'`),
  );
  t.equal(asked?.steps, 2, 'two persons say that it has arrived');

  const answer = path.join(dir, 'answer.xml');
  await writeFile(answer, '<a/>');
  t.match(await wasit('bank', 'answer', 'import', answer), { code: 1, err: /no payment status report/ });

  const settlementId = showId('stl', one.settlementId);
  const agency = world.client('om-social');
  const mine = await agency.send('GET', `/v1/settlements/${settlementId}/remittance`);
  t.match(mine, {
    status: 200,
    body: {
      items: [
        {
          remittanceId: id,
          state: 'sent',
          amount: { value: '125.500', currency: 'OMR' },
          account: /^\*+\d+$/,
          steps: [{ state: 'planned' }, { state: 'approved' }, { state: 'sent' }],
        },
      ],
      next: null,
    },
  });
  t.equal(
    (await world.client('dz-social').send('GET', `/v1/settlements/${settlementId}/remittance`)).status,
    404,
  );
  t.equal((await world.client('bank').send('GET', `/v1/settlements/${settlementId}/remittance`)).status, 403);
});
