// All words of the pages in English, a file for each of their parts.

import approvals from './en/approvals.json' with { type: 'json' };
import billFiles from './en/bill-files.json' with { type: 'json' };
import bills from './en/bills.json' with { type: 'json' };
import breaks from './en/breaks.json' with { type: 'json' };
import debits from './en/debits.json' with { type: 'json' };
import disputes from './en/disputes.json' with { type: 'json' };
import frame from './en/frame.json' with { type: 'json' };
import mandates from './en/mandates.json' with { type: 'json' };
import settlements from './en/settlements.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };

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
