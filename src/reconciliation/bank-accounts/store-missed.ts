// SQL for the alarms: recent days alone, so that asking each minute costs little.

import type { Tx } from '../../platform/db/index.ts';
import { GRACE_DAYS } from './store-reconciliation.ts';

const DAYS = 60;

/** Accounts of which a statement has come, with the last day that one tells of. */
const ACCOUNTS = `bank_account a
  cross join lateral (select max(to_date) as day from statement s where s.account_id = a.account_id and s.state = 'read' and s.form = 'statement') last
  where last.day is not null order by a.code`;

/** How many booked lines of notifications no statement has said although it should have. */
export function readMissed(tx: Tx): Promise<{ code: string; missed: number }[]> {
  return tx.query(
    `select a.code, (
        select count(*)::int from statement s join statement_line l using (statement_id)
         where s.account_id = a.account_id and s.state = 'read' and s.form = 'notification' and s.to_date >= last.day - ${DAYS}
           and l.booked_on < last.day - ${GRACE_DAYS} and l.outcome not in ('repeated', 'break')
           and not exists (select from statement_match c where c.kind = 'claims' and c.subject_id = l.statement_id and c.subject_line = l.line)
      ) as missed from ${ACCOUNTS}`,
  );
}

/** How many statements do not follow one before, which has not come since. */
export function readGaps(tx: Tx): Promise<{ code: string; gaps: number }[]> {
  return tx.query(
    `select a.code, (
        select count(*)::int from statement s
         where s.account_id = a.account_id and s.state = 'read' and s.continuity = 'gap' and s.to_date >= last.day - ${DAYS}
           and not exists (select from statement b where b.account_id = s.account_id and b.state = 'read' and b.form = 'statement'
                              and b.to_date between s.from_date - ${DAYS} and s.from_date and b.closing_minor = s.opening_minor)
      ) as gaps from ${ACCOUNTS}`,
  );
}
