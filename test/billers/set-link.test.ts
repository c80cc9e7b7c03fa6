// The link of a biller: what may be said of it, its secret, and that gateways see it.
import t from 'tap';
import {
  addBiller,
  linkSecretId,
  loadBillers,
  setBiller,
  setLink,
  showBiller,
} from '../../src/billers/index.ts';
import { openSecret } from '../../src/kernel/seal.ts';
import { readWebhookSecret } from '../../src/kernel/standard-webhooks.ts';
import { testDatabase } from '../support/database.ts';
import { ACTOR, done, MASTER_KEY } from '../support/world.ts';

const WHOLE = { name: { en: 'Fund' }, currency: 'OMR', timeZone: 'Asia/Muscat', cutOff: '16:00' };
const URL = 'https://fund.example/wasit';
const TOOLS = { masterKey: MASTER_KEY, allowedNetworks: [] };

t.test('a link makes a biller linked, until it is made local', async (t) => {
  const { db } = await testDatabase(t);
  done(await addBiller(db, 'fund', WHOLE, ACTOR));
  const link = async () => (await db.transaction(loadBillers))[0]?.link;
  const revision = async () =>
    (await db.transaction((tx) => tx.query<{ revision: bigint }>('select revision from configuration')))[0]
      ?.revision;
  t.equal(await link(), undefined);
  t.match(await setBiller(db, 'fund', { kind: 'linked' }, ACTOR), { ok: false, reason: /needs a link/ });
  const before = await revision();
  const { shownOnce = '' } = done(await setLink(db, 'fund', { url: `${URL}/` }, TOOLS, ACTOR));
  t.not(await revision(), before, 'gateways read it again');
  const made = await link();
  t.match(made, { url: URL, deadlineMs: 1500, freshForSeconds: 60, whenDown: 'refuse', notify: false });
  t.strictSame(
    openSecret(MASTER_KEY, linkSecretId('fund'), made?.sealedSecret ?? Buffer.alloc(0)),
    readWebhookSecret(shownOnce),
  );
  const changed = done(await setLink(db, 'fund', { whenDown: 'stale', deadlineMs: 300 }, TOOLS, ACTOR));
  t.equal(changed.shownOnce, undefined);
  t.match(await link(), { url: URL, deadlineMs: 300, whenDown: 'stale', sealedSecret: made?.sealedSecret });
  t.match(done(await setLink(db, 'fund', { secret: 'new' }, TOOLS, ACTOR)).shownOnce, /^whsec_/);
  t.notSame((await link())?.sealedSecret, made?.sealedSecret);
  const shown = await showBiller(db, 'fund');
  t.match(shown, { kind: 'linked', link: { url: URL } });
  const audit = await db.transaction((tx) => tx.query('select before, after from audit_log'));
  t.notMatch(JSON.stringify([shown, audit]), /whsec_|sealed/, 'the secret is never told again');
  done(await setBiller(db, 'fund', { kind: 'local' }, ACTOR));
  t.equal(await link(), undefined);
  done(await setBiller(db, 'fund', { kind: 'linked' }, ACTOR));
  t.match(await link(), { url: URL }, 'the link was kept');
});

t.test('a link that cannot hold is refused', async (t) => {
  const { db } = await testDatabase(t);
  t.match(await addBiller(db, 'fund', { ...WHOLE, kind: 'linked' }, ACTOR), {
    ok: false,
    reason: /needs a link/,
  });
  done(await addBiller(db, 'fund', WHOLE, ACTOR));
  const cases: [object, RegExp][] = [
    [{}, /link\.url is missing/],
    [{ url: 'fund.example' }, /not an absolute URL/],
    [{ url: 'ftp://fund.example' }, /https/],
    [{ url: 'https://me:word@fund.example' }, /password/],
    [{ url: `${URL}?a=b` }, /path/],
    [{ url: `${URL}#a` }, /fragment/],
    [{ url: 'http://fund.example' }, /https/],
    [{ url: 'http://10.0.0.1/x' }, /https/],
    [{ url: 'https://10.0.0.1/x' }, /private/],
    [{ url: URL, deadlineMs: 20 }, /deadlineMs/],
    [{ url: URL, deadlineMs: 60_000 }, /deadlineMs/],
    [{ url: URL, freshForSeconds: -1 }, /freshForSeconds/],
    [{ url: URL, whenDown: 'guess' }, /whenDown/],
    [{ url: URL, surprise: 1 }, /link/],
    [{ url: URL, secret: 'short' }, /whsec_/],
    [{ url: URL, secret: 5 }, /whsec_/],
  ];
  for (const [wish, reason] of cases)
    t.match(await setLink(db, 'fund', wish, TOOLS, ACTOR), { ok: false, reason }, JSON.stringify(wish));
  t.match(await setLink(db, 'nobody', { url: URL }, TOOLS, ACTOR), { ok: false, reason: /no biller/ });
});
