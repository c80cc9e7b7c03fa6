// What a line names, from its texts alone.
import t from 'tap';
import { channelCodes } from '../../../src/reconciliation/statements/references.ts';

t.test('a mark of a channel may have a date or number behind it, and its code may end in one', async (t) => {
  const codes = (text: string): string[] =>
    channelCodes({ endToEndId: null, messageId: null, paymentInfoId: null, bankReference: null, text });
  t.same(codes('WASIT/bank-1-20261122'), ['bank-1-20261122', 'bank-1', 'bank']);
  t.same(codes('wasit:agent-net'), ['agent-net']);
  t.same(codes('bank 1'), []);
});
