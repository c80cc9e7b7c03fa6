// Pay: read the request, hand the command to the lane, and say what the decision means to the caller.

import type { Channel } from '../channels/index.ts';
import { refuse, Refused, type Refusal } from '../kernel/errors.ts';
import { askAgency, type AskingTools } from './ask-agency.ts';
import type { PaymentCommand } from './command.ts';
import type { Lane } from './lane.ts';
import { readPayment, type ReadingTools } from './read-payment.ts';
import type { PaymentBody } from './schema.ts';

export interface PayTools extends ReadingTools, AskingTools {
  /** The lane that commits a biller's payments. */
  readonly laneOf: (billerId: number) => Lane;
}

export type PayAnswer =
  | { readonly kind: 'paid'; readonly body: string; readonly replayed: boolean; readonly reversed: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly replayed: boolean };

/**
 * Throws `Refused` for what is never recorded under the reference: a malformed request, an unknown biller, a linked agency
 * that does not answer.
 */
export async function pay(tools: PayTools, channel: Channel, body: PaymentBody): Promise<PayAnswer> {
  const biller = tools.directory.current.billersByCode.get(body.billerCode);
  if (biller === undefined) throw new Refused(refuse('biller-not-found', { billerCode: body.billerCode }));
  const command = await readPayment(body, channel.channelId, biller, tools);
  const lane = tools.laneOf(biller.billerId);
  if (biller.link === undefined) return submit(lane, command);
  return submit(lane, await askAgency(tools, channel, biller, biller.link, command));
}

async function submit(lane: Lane, command: PaymentCommand): Promise<PayAnswer> {
  const { decision, answer } = await lane.submit(command);
  switch (decision.kind) {
    case 'paid':
      if (answer === undefined) throw new Error('a payment without its answer');
      return { kind: 'paid', body: answer, replayed: false, reversed: false };
    case 'refused':
    case 'turned-away':
      return { kind: 'refused', refusal: decision.refusal, replayed: false };
    case 'replayed': {
      const { earlier } = decision;
      if (earlier.answer !== null)
        return { kind: 'paid', body: earlier.answer, replayed: true, reversed: earlier.reversed };
      return { kind: 'refused', refusal: earlier.refusal as Refusal, replayed: true };
    }
  }
}
