// All words of the pages in English, a file for each of their parts.

import approvals from './en/approvals.json' with { type: 'json' };
import breaks from './en/breaks.json' with { type: 'json' };
import disputes from './en/disputes.json' with { type: 'json' };
import frame from './en/frame.json' with { type: 'json' };
import payments from './en/payments.json' with { type: 'json' };
import settlements from './en/settlements.json' with { type: 'json' };
import signIn from './en/sign-in.json' with { type: 'json' };
import today from './en/today.json' with { type: 'json' };
import you from './en/you.json' with { type: 'json' };

export default { ...frame, approvals, breaks, disputes, payments, settlements, signIn, today, you };
