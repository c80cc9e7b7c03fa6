// All words of the pages in Arabic, a file for each of their parts.

import accounts from './ar/accounts.json' with { type: 'json' };
import approvals from './ar/approvals.json' with { type: 'json' };
import audit from './ar/audit.json' with { type: 'json' };
import billFiles from './ar/bill-files.json' with { type: 'json' };
import billers from './ar/billers.json' with { type: 'json' };
import bills from './ar/bills.json' with { type: 'json' };
import breaks from './ar/breaks.json' with { type: 'json' };
import channels from './ar/channels.json' with { type: 'json' };
import days from './ar/days.json' with { type: 'json' };
import debits from './ar/debits.json' with { type: 'json' };
import deliveries from './ar/deliveries.json' with { type: 'json' };
import disputes from './ar/disputes.json' with { type: 'json' };
import frame from './ar/frame.json' with { type: 'json' };
import keys from './ar/keys.json' with { type: 'json' };
import mandates from './ar/mandates.json' with { type: 'json' };
import payments from './ar/payments.json' with { type: 'json' };
import position from './ar/position.json' with { type: 'json' };
import reports from './ar/reports.json' with { type: 'json' };
import settlements from './ar/settlements.json' with { type: 'json' };
import signIn from './ar/sign-in.json' with { type: 'json' };
import statements from './ar/statements.json' with { type: 'json' };
import today from './ar/today.json' with { type: 'json' };
import you from './ar/you.json' with { type: 'json' };

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
