// All words of the pages in French, a file for each of their parts.

import accounts from './fr/accounts.json' with { type: 'json' };
import approvals from './fr/approvals.json' with { type: 'json' };
import audit from './fr/audit.json' with { type: 'json' };
import billFiles from './fr/bill-files.json' with { type: 'json' };
import billers from './fr/billers.json' with { type: 'json' };
import bills from './fr/bills.json' with { type: 'json' };
import breaks from './fr/breaks.json' with { type: 'json' };
import channels from './fr/channels.json' with { type: 'json' };
import days from './fr/days.json' with { type: 'json' };
import debits from './fr/debits.json' with { type: 'json' };
import deliveries from './fr/deliveries.json' with { type: 'json' };
import disputes from './fr/disputes.json' with { type: 'json' };
import frame from './fr/frame.json' with { type: 'json' };
import keys from './fr/keys.json' with { type: 'json' };
import mandates from './fr/mandates.json' with { type: 'json' };
import payments from './fr/payments.json' with { type: 'json' };
import position from './fr/position.json' with { type: 'json' };
import reports from './fr/reports.json' with { type: 'json' };
import settlements from './fr/settlements.json' with { type: 'json' };
import signIn from './fr/sign-in.json' with { type: 'json' };
import statements from './fr/statements.json' with { type: 'json' };
import today from './fr/today.json' with { type: 'json' };
import you from './fr/you.json' with { type: 'json' };

export default {
  ...frame,
  accounts,
  approvals,
  audit,
  billFiles,
  billers,
  bills,
  breaks,
  channels,
  days,
  debits,
  deliveries,
  disputes,
  keys,
  mandates,
  payments,
  position,
  reports,
  settlements,
  signIn,
  statements,
  today,
  you,
};
