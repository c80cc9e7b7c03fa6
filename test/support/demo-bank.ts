// The demo bank in the test's own process, with accounts for everything that it does.
import type { Test } from 'tap';
import { placesOf } from '../../src/demo/bank/places.ts';
import { startBank, type BankParts, type RunningBank } from '../../src/demo/bank/run-bank.ts';
import { newWebhookSecret } from '../../src/kernel/standard-webhooks.ts';

/** RIBs of one bank, by what the account does. */
export const RIBS = {
  pays: '00100001000000200158',
  shortFirst: '00100001000000200449',
  shortSecond: '00100001000000201419',
  closed: '00100001000000200546',
  takesBack: '00100001000000200643',
  late: '00100001000000200740',
  twice: '00100001000000200837',
  refuses: '00100001000000200934',
  silent: '00100001000000201031',
} as const;

export interface TestBank extends RunningBank {
  readonly secret: string;
  /** What it said. */
  readonly said: string[];
}

/** `bankCode`: the operator's bank whose folders it shares. */
export async function openBank(
  t: Pick<Test, 'teardown'>,
  { dataDir, bankCode, ...given }: Pick<BankParts, 'dataDir' | 'gateway' | 'now'> & { bankCode: string },
): Promise<TestBank> {
  const said: string[] = [];
  const secret = newWebhookSecret();
  const places = placesOf(dataDir, bankCode, 'orders');
  const say = (line: string) => void said.push(line);
  const bank = await startBank({ ...given, dataDir, places, port: 0, secret, say });
  t.teardown(() => bank.stop());
  return { ...bank, secret, said };
}
