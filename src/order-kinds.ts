// Every kind of order to banks, from the rooms that make them. The worker and the command line hand the list to the room
// that carries the files there and takes the answers (src/orders/index.ts says how a kind is added). And what reads those.

import { readMandateAnswers, readOrderStatus } from './dialects/index.ts';
import { debitKind, mandateOrderKind, statusOfMandates } from './mandates/index.ts';
import type { OrderKind, OrderKinds, StatusReader } from './orders/index.ts';
import { transferKind } from './settlement/orders/index.ts';

const KINDS: readonly OrderKind[] = [transferKind, debitKind, mandateOrderKind];

export const orderKinds: OrderKinds = new Map(KINDS.map((kind) => [kind.kind, kind]));

/**
 * What banks answer: status reports (pain.002), and acceptance reports of mandates (pain.012). A file is of one kind; one that
 * is of neither is told as what orders of money are answered by.
 */
export const readBankAnswer: StatusReader = async (bytes) => {
  const status = await readOrderStatus(bytes);
  if (status.ok) return status;
  const mandates = await readMandateAnswers(bytes);
  if (mandates.ok) return statusOfMandates(mandates.reports);
  return bytes.includes('MndtAccptncRpt') ? mandates : status;
};
