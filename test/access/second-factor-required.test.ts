// Second factors over HTTP and at the command line; and where the operator requires one.
import { Secret, TOTP } from 'otpauth';
import t from 'tap';
import { startTestWorld } from '../support/gateway.ts';
import { Page } from '../support/page.ts';
import { PASSWORD, person, session } from '../support/staff.ts';

const factor = '/v1/sessions/current/second-factor';
const listed = '/v1/approvals?limit=1';

/** The code of now; `ahead` steps later, for one that is not spent. */
function codeOf(secret: string, ahead = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 });
}

t.test('required: nothing but enrolling, then everything', async (t) => {
  const { db, baseUrl } = await startTestWorld(t, { WASIT_SECOND_FACTOR: 'required' });
  await person(db, 'amal', 'operator-admin');
  const page = new Page(baseUrl);
  t.match(await page.signIn('amal'), { status: 201 });
  const refused = { status: 403, code: 'second-factor-missing' };
  t.match(await page.send('GET', listed), refused);
  t.match(await page.send('GET', '/v1/sessions'), refused);
  t.match(await page.send('POST', '/v1/approvals', {}), refused);
  t.match(await page.send('GET', '/v1/sessions/current'), { status: 200 });
  t.match(await page.send('GET', factor), {
    body: { active: false, required: true, recoveryCodesLeft: 0 },
  });
  const { status, body } = await page.send('POST', factor);
  const secret = String(body['secret']);
  t.equal(status, 201);
  t.match(await page.send('GET', listed), refused, 'shown is not proved');
  t.match(await page.send('POST', `${factor}/confirmation`, { code: '000000' }), {
    status: 422,
    code: 'second-factor-unconfirmed',
  });
  const confirmed = await page.send('POST', `${factor}/confirmation`, { code: codeOf(secret) });
  t.equal((confirmed.body['recoveryCodes'] as string[]).length, 10);
  t.match(await page.send('GET', listed), { status: 200 });
  t.match(await page.send('POST', factor), { status: 409, code: 'second-factor-active' });
  const again = new Page(baseUrl);
  t.match(await again.signIn('amal'), { status: 401, code: 'second-factor-required' });
  t.match(await again.signIn('amal', PASSWORD, { code: codeOf(secret) }), { code: 'second-factor-refused' });
  t.match(await again.signIn('amal', PASSWORD, { code: codeOf(secret, 1) }), { status: 201 });
  t.match(await again.send('GET', listed), { status: 200 });
  t.match(await again.send('GET', factor), { body: { active: true, recoveryCodesLeft: 10 } });
});

t.test('optional: who has none goes on as before; keys are not asked', async (t) => {
  const world = await startTestWorld(t);
  await person(world.db, 'amal', 'operator-admin');
  const page = new Page(world.baseUrl, `wasit_session=${await session(world.db, 'amal')}`);
  t.match(await page.send('GET', listed), { status: 200 });
  t.match(await page.send('GET', factor), { body: { active: false, required: false } });
  t.match(await page.send('POST', factor, undefined, {}), { code: 'forbidden' }, 'a foreign page');
  t.match(await world.client('bank').send('GET', factor), { code: 'forbidden' });
});
