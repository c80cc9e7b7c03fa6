// The places of the console: addresses, who may go there, where each stands in the navigation, and its script. What a person
// may see is decided by the server; this keeps him from being led to doors that are shut.

import type { Place } from './place.ts';
import { PARTIES } from './places-of-parties.ts';
import { AGENCY, ALL, CHANNEL, OPERATOR } from './roles.ts';

export const PLACES: readonly Place[] = [
  {
    path: '/console/today',
    name: 'today',
    roles: ALL,
    stands: { in: 'day', icon: 'today' },
    load: () => import('./pages/today.tsx'),
  },
  {
    path: '/console/payments',
    name: 'payments',
    roles: ALL,
    stands: { in: 'day', icon: 'pay' },
    load: () => import('./pages/payments.tsx'),
  },
  {
    path: '/console/payments/:paymentId',
    name: 'payment',
    roles: ALL,
    load: () => import('./pages/payment.tsx'),
  },
  {
    path: '/console/approvals',
    name: 'approvals',
    roles: ALL,
    stands: { in: 'day', icon: 'check' },
    load: () => import('./pages/approvals.tsx'),
  },
  {
    path: '/console/approvals/:approvalId',
    name: 'approval',
    roles: ALL,
    load: () => import('./pages/approval.tsx'),
  },
  {
    path: '/console/settlements',
    name: 'settlements',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'money', icon: 'bank' },
    load: () => import('./pages/settlements.tsx'),
  },
  {
    path: '/console/settlements/:settlementId',
    name: 'settlement',
    roles: [...OPERATOR, ...AGENCY],
    load: () => import('./pages/settlement.tsx'),
  },
  {
    path: '/console/reconciliations',
    name: 'reconciliations',
    roles: [...OPERATOR, ...CHANNEL],
    stands: { in: 'matching', icon: 'check' },
    load: () => import('./pages/reconciliations.tsx'),
  },
  {
    path: '/console/reconciliations/:businessDate',
    name: 'reconciliation',
    roles: [...OPERATOR, ...CHANNEL],
    load: () => import('./pages/reconciliation.tsx'),
  },
  {
    path: '/console/statements',
    name: 'statements',
    roles: OPERATOR,
    stands: { in: 'matching', icon: 'bill' },
    load: () => import('./pages/statements.tsx'),
  },
  {
    path: '/console/statements/:fileId',
    name: 'statement',
    roles: OPERATOR,
    load: () => import('./pages/statement.tsx'),
  },
  {
    path: '/console/bank-accounts/:code',
    name: 'bankAccount',
    roles: OPERATOR,
    load: () => import('./pages/bank-account.tsx'),
  },
  {
    path: '/console/breaks',
    name: 'breaks',
    roles: ALL,
    stands: { in: 'matching', icon: 'scale' },
    load: () => import('./pages/breaks.tsx'),
  },
  {
    path: '/console/breaks/:breakId',
    name: 'break',
    roles: ALL,
    load: () => import('./pages/break.tsx'),
  },
  {
    path: '/console/disputes',
    name: 'disputes',
    roles: ALL,
    stands: { in: 'matching', icon: 'people' },
    load: () => import('./pages/disputes.tsx'),
  },
  {
    path: '/console/disputes/:disputeId',
    name: 'dispute',
    roles: ALL,
    load: () => import('./pages/dispute.tsx'),
  },
  {
    path: '/console/mandates',
    name: 'mandates',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'collecting', icon: 'clock' },
    load: () => import('./pages/mandates.tsx'),
  },
  {
    path: '/console/mandates/:mandateId',
    name: 'mandate',
    roles: [...OPERATOR, ...AGENCY],
    load: () => import('./pages/mandate.tsx'),
  },
  {
    path: '/console/debits',
    name: 'debits',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'collecting', icon: 'send' },
    load: () => import('./pages/debits.tsx'),
  },
  {
    path: '/console/debits/:debitId',
    name: 'debit',
    roles: [...OPERATOR, ...AGENCY],
    load: () => import('./pages/debit.tsx'),
  },
  {
    path: '/console/debits-ahead',
    name: 'debitsAhead',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'collecting', icon: 'calendar' },
    load: () => import('./pages/debits-ahead.tsx'),
  },
  {
    path: '/console/debits-report',
    name: 'debitsReport',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'collecting', icon: 'today' },
    load: () => import('./pages/debits-report.tsx'),
  },
  {
    path: '/console/bills',
    name: 'bills',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'collecting', icon: 'bill' },
    load: () => import('./pages/bills.tsx'),
  },
  {
    path: '/console/bills/:billNumber',
    name: 'bill',
    roles: [...OPERATOR, ...AGENCY],
    load: () => import('./pages/bill.tsx'),
  },
  {
    path: '/console/bill-files',
    name: 'billFiles',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'collecting', icon: 'upload' },
    load: () => import('./pages/bill-files.tsx'),
  },
  {
    path: '/console/reports/daily',
    name: 'daily',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'reports', icon: 'today' },
    load: () => import('./pages/daily.tsx'),
  },
  {
    path: '/console/reports/performance',
    name: 'performance',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'reports', icon: 'clock' },
    load: () => import('./pages/performance.tsx'),
  },
  {
    path: '/console/reports/payers',
    name: 'payer',
    roles: [...OPERATOR, ...AGENCY],
    stands: { in: 'reports', icon: 'people' },
    load: () => import('./pages/payer.tsx'),
  },
  {
    path: '/console/you',
    name: 'you',
    roles: ALL,
    stands: { in: 'self', icon: 'key' },
    load: () => import('./pages/you.tsx'),
  },
  ...PARTIES,
];

export interface Found {
  readonly place: Place;
  readonly named: Readonly<Record<string, string>>;
}

/** undefined: there is no such place. `/console/` is the first that stands in the navigation. */
export function placeOf(path: string): Found | undefined {
  const asked =
    path === '/console/' || path === '/console' ? (PLACES[0]?.path ?? '') : path.replace(/\/$/, '');
  for (const place of PLACES) {
    const named = match(place.path, asked);
    if (named !== undefined) return { place, named };
  }
  return undefined;
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const steps = pattern.split('/');
  const given = path.split('/');
  if (steps.length !== given.length) return undefined;
  const named: Record<string, string> = {};
  for (const [at, step] of steps.entries()) {
    const value = given[at] ?? '';
    if (step.startsWith(':')) named[step.slice(1)] = decodeURIComponent(value);
    else if (step !== value) return undefined;
  }
  return named;
}
