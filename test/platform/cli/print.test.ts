// What the command line shows: whatever a text holds is shown in its cell, and the terminal does nothing by it.
import t from 'tap';
import { layOut, visible } from '../../../src/platform/cli/index.ts';

const HOSTILE = 'a\u001b[2J\u009b1m\r\u202e\u200f\ud800\u2028b';
const SHOWN = 'a\\u001b[2J\\u009b1m\\u000d\\u202e\\u200f\\ud800\\u2028b';

t.test('tables and lines of name and value', async (t) => {
  t.equal(layOut([{ name: HOSTILE }, { name: 'x\ny\tz' }]), `name\n${SHOWN}\nx\\u000ay\\u0009z`);
  t.equal(layOut({ name: HOSTILE, inner: [{ name: HOSTILE }] }), `name   ${SHOWN}\ninner  name ${SHOWN}`);
  t.equal(
    layOut({ of: 'first\nid  second', id: 1 }),
    'of  first\n    id  second\nid  1',
    'lines stay in their place',
  );
  t.equal(layOut({ name: 'شركة النور' }), 'name  شركة النور');
});

t.test('texts keep their lines, and JSON stays what it is', async (t) => {
  t.equal(visible(`x\n\t${HOSTILE}`), `x\n\t${SHOWN}`);
  const json = JSON.stringify({ name: HOSTILE }, null, 2);
  t.same(JSON.parse(visible(json)), { name: HOSTILE });
});
