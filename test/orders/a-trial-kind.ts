// A kind of order as a room above would register it: many transactions in a table of its own, answered in one statement.
// It writes down what it is told, in order.
import { readOrderStatus } from '../../src/dialects/iso20022/index.ts';
import { newId, type Uuid } from '../../src/kernel/ids.ts';
import { orderKinds } from '../../src/order-kinds.ts';
import {
  handOver,
  handOverParts,
  insertOrderFile,
  messageIdOf,
  outcomeOf,
  takeBankAnswer,
  weighWords,
  type Leave,
  type OrderKind,
  type OrderKinds,
  type TakenAnswer,
  type Verdict,
} from '../../src/orders/index.ts';
import type { RemitWorld } from '../support/remit-world.ts';

export interface Trial {
  readonly kinds: OrderKinds;
  /** `handed-over` and `answered`, each with its message id. */
  readonly told: string[];
  /** What is said when it is asked whether a file may go. */
  leave: Leave;
  /** A file of so many transactions, D0, D1 and on, for the bank `main`. */
  make(count: number): Promise<{ fileId: Uuid; message: string; name: string }>;
  /** Tries what waits, and stops at `point`. */
  carry(point?: 'claimed' | 'written' | 'offered' | 'renamed'): ReturnType<typeof handOver>;
  answer(bytes: Buffer): Promise<TakenAnswer>;
  /** How many transactions of a file stand where. */
  states(fileId: Uuid): Promise<Record<string, number>>;
}

const TRIAL = 'trial';
const BECOMES: Readonly<Partial<Record<Verdict, 'accepted' | 'rejected'>>> = {
  accepted: 'accepted',
  settled: 'accepted',
  rejected: 'rejected',
};
let made = 0;

export async function trialOf(world: RemitWorld): Promise<Trial> {
  const { db, parts } = world;
  await db.transaction((tx) =>
    tx.query(
      `create table trial_order (file_id uuid, id text, state text not null default 'sent', primary key (file_id, id))`,
    ),
  );
  const told: string[] = [];
  const kinds: OrderKinds = new Map([...orderKinds, [TRIAL, kindTelling(told, () => trial.leave)]]);
  const trial: Trial = {
    kinds,
    told,
    leave: { to: 'go' },
    async make(count) {
      const fileId = newId(Date.parse('2026-11-22T16:30:00Z') + (made += 1), 0);
      const message = messageIdOf(fileId);
      const file = { fileId, kind: TRIAL, messageId: message, name: `trial_${message}.xml`, bankId: 1 };
      await db.transaction(async (tx) => {
        await insertOrderFile(tx, parts.masterKey, {
          ...file,
          accountId: null,
          executeOn: '2026-11-23',
          transactions: count,
          amountMinor: 0n,
          currency: 'OMR',
          bytes: Buffer.from(`<trial>${message}</trial>`),
          madeAt: new Date('2026-11-22T16:30:00Z'),
        });
        await tx.query(`insert into trial_order select $1, 'D' || n from generate_series(0, $2::int - 1) n`, [
          fileId,
          count,
        ]);
      });
      return { fileId, message, name: file.name };
    },
    carry(point) {
      const at = async (reached: string): Promise<void> => {
        if (reached === point) throw new Error(`broken off at ${point}`);
      };
      return handOver({ ...handOverParts({ ...parts, kinds }), leaseMs: 0, at }, { evenLater: true });
    },
    answer: (bytes) =>
      takeBankAnswer(
        { database: db, masterKey: parts.masterKey, reader: readOrderStatus, kinds },
        { name: 'answer.xml', bytes, accountId: null, bankId: 1 },
      ),
    async states(fileId) {
      const rows = await db.transaction((tx) =>
        tx.query<{ state: string; count: number }>(
          'select state, count(*)::int as count from trial_order where file_id = $1 group by 1 order by 1',
          [fileId],
        ),
      );
      return Object.fromEntries(rows.map((row) => [row.state, row.count]));
    },
  };
  return trial;
}

function kindTelling(told: string[], leave: () => Leave): OrderKind {
  return {
    kind: TRIAL,
    leaveOf: async () => leave(),
    async handedOver(_, { messageId }) {
      told.push(`handed-over ${messageId}`);
    },
    async answered(tx, { fileId, messageId }, { statuses }) {
      told.push(`answered ${messageId}`);
      const words = weighWords(messageId, statuses);
      const rows = await tx.query<{ id: string; state: string }>(
        'select id, state from trial_order where file_id = $1 order by id for no key update',
        [fileId],
      );
      const ours = new Set(rows.map((row) => row.id));
      const tally = { accepted: 0, rejected: 0, conflicts: [] as string[] };
      const next = new Map<string, string>();
      for (const { id, state } of rows) {
        const said = words.of(id);
        const became = said === null || said === 'contradiction' ? said : BECOMES[said.verdict];
        if (became === null || became === undefined) continue;
        if (became === 'contradiction' || (state !== 'sent' && state !== became)) tally.conflicts.push(id);
        else {
          tally[became] += 1;
          next.set(id, became);
        }
      }
      await tx.query(
        `update trial_order t set state = n.state from unnest($2::text[], $3::text[]) as n(id, state)
          where t.file_id = $1 and t.id = n.id`,
        [fileId, [...next.keys()], [...next.values()]],
      );
      const unknown = [...words.unknown, ...[...words.named].filter((id) => !ours.has(id))];
      const rejected = rows.filter(({ id, state }) => (next.get(id) ?? state) === 'rejected').length;
      return { outcome: outcomeOf({ ...tally, unknown }), rejected };
    },
  };
}
