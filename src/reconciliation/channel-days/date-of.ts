// The business date in the address of a day.

import { isBusinessDate, type BusinessDate } from '../../kernel/business-date.ts';
import { refuse, Refused } from '../../kernel/errors.ts';

/** Refuses `malformed-request` for a date that there is not. */
export function dateOf({ params }: { readonly params: { readonly businessDate: string } }): BusinessDate {
  const { businessDate } = params;
  if (isBusinessDate(businessDate)) return businessDate;
  const errors = [{ pointer: '/businessDate', detail: 'must be a date, YYYY-MM-DD' }];
  throw new Refused(refuse('malformed-request', { field: 'businessDate' }, { errors }));
}
