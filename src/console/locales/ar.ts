// All words of the pages in Arabic, a file for each of their parts.

import approvals from './ar/approvals.json' with { type: 'json' };
import billFiles from './ar/bill-files.json' with { type: 'json' };
import bills from './ar/bills.json' with { type: 'json' };
import breaks from './ar/breaks.json' with { type: 'json' };
import debits from './ar/debits.json' with { type: 'json' };
import disputes from './ar/disputes.json' with { type: 'json' };
import frame from './ar/frame.json' with { type: 'json' };
import mandates from './ar/mandates.json' with { type: 'json' };
import settlements from './ar/settlements.json' with { type: 'json' };
import signIn from './ar/sign-in.json' with { type: 'json' };

export default {
  ...frame,
  approvals,
  billFiles,
  bills,
  breaks,
  debits,
  disputes,
  mandates,
  settlements,
  signIn,
};
