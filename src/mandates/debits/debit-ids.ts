// How a debit is called at banks: by answers, statements and returns it is found again, without a look into any table.

import { DEBIT_PREFIX } from '../../kernel/debit-references.ts';
import { parseId, showId, type Uuid } from '../../kernel/ids.ts';

/** 30 characters of the 35 that ISO 20022 allows. */
export function endToEndIdOf(debitId: Uuid): string {
  return `${DEBIT_PREFIX}${showId('dbt', debitId).slice(4).toUpperCase()}`;
}

/** undefined: it is not the name of a debit of ours. */
export function debitOf(endToEndId: string): Uuid | undefined {
  if (!endToEndId.startsWith(DEBIT_PREFIX)) return undefined;
  return parseId('dbt', `dbt_${endToEndId.slice(DEBIT_PREFIX.length).toLowerCase()}`);
}
