// The names of the kinds of request, which the command line has without the tools, are those of the kinds.
import t from 'tap';
import { approvalKinds, KIND_NAMES } from '../src/approval-kinds.ts';
import type { ResolutionTools } from '../src/reconciliation/breaks/index.ts';

t.test('every kind has its name in the list, and no other name is there', async (t) => {
  t.same([...approvalKinds({} as ResolutionTools).keys()], KIND_NAMES);
});
