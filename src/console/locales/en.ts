// All words of the pages in English, a file for each of their parts.

import accounts from './en/accounts.json' with { type: 'json' };
import approvals from './en/approvals.json' with { type: 'json' };
import audit from './en/audit.json' with { type: 'json' };
import billFiles from './en/bill-files.json' with { type: 'json' };
import billers from './en/billers.json' with { type: 'json' };
import bills from './en/bills.json' with { type: 'json' };
import breaks from './en/breaks.json' with { type: 'json' };
import channels from './en/channels.json' with { type: 'json' };
import days from './en/days.json' with { type: 'json' };
import debits from './en/debits.json' with { type: 'json' };
import deliveries from './en/deliveries.json' with { type: 'json' };
import disputes from './en/disputes.json' with { type: 'json' };
import frame from './en/frame.json' with { type: 'json' };
import keys from './en/keys.json' with { type: 'json' };
import mandates from './en/mandates.json' with { type: 'json' };
import payments from './en/payments.json' with { type: 'json' };
import position from './en/position.json' with { type: 'json' };
import reports from './en/reports.json' with { type: 'json' };
import settlements from './en/settlements.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };
import statements from './en/statements.json' with { type: 'json' };
import today from './en/today.json' with { type: 'json' };
import you from './en/you.json' with { type: 'json' };

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
