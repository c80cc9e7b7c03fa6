// The three messages from a bank to its customer, by the element that holds them.

import type { StatementForm } from '../../../reconciliation/index.ts';

export interface CamtMessage {
  readonly name: string;
  readonly form: StatementForm;
  /** The element that is of one account. */
  readonly statement: string;
}

export const MESSAGES: ReadonlyMap<string, CamtMessage> = new Map([
  ['BkToCstmrStmt', { name: 'camt.053', form: 'statement', statement: 'Stmt' }],
  ['BkToCstmrAcctRpt', { name: 'camt.052', form: 'notification', statement: 'Rpt' }],
  ['BkToCstmrDbtCdtNtfctn', { name: 'camt.054', form: 'notification', statement: 'Ntfctn' }],
]);

/** Namespaces as ISO writes them, or a country's bankers around it. */
export const CAMT = /(?:^|[^a-z0-9])camt\.05[234]\.001\.[0-9]{2}(?![0-9])/i;
