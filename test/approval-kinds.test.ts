// The names of the kinds of request, which the command line has without the tools, are those of the kinds.
import t from 'tap';
import { approvalKinds, KIND_NAMES } from '../src/approval-kinds.ts';

t.test('every kind has its name in the list, and no other name is there', async (t) => {
  t.same([...approvalKinds({} as Parameters<typeof approvalKinds>[0]).keys()], KIND_NAMES);
});
