// A folder of an SFTP account that a bank puts its files into: listed and read, and left as it is. It is the account by
// which orders go out, with another folder, so there is one way of proving the server and of signing in.

import path from 'node:path/posix';
import { openBankSecret, type Bank } from '../billers/bank/index.ts';
import { connectSftp, endSftp, within } from './sftp-place.ts';

export interface InboxFile {
  readonly name: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

export interface Inbox {
  /** Plain files, hidden ones and parts left out, in the order of their names. */
  list(): Promise<InboxFile[]>;
  /** Throws when the server stands still for a minute. */
  read(name: string): AsyncGenerator<Buffer>;
  close(): Promise<void>;
}

/** Throws when the bank has no SFTP account, or as `openSftp`. */
export async function openSftpInbox(bank: Bank, masterKey: Buffer, folder: string): Promise<Inbox> {
  const { handover } = bank;
  const secret = openBankSecret(masterKey, bank);
  if (handover.way !== 'sftp' || secret === undefined)
    throw new Error(`bank ${bank.code} is not reached by SFTP: its handover says how, and its secret`);
  const client = await connectSftp({ ...handover, folder, secret });
  return {
    async list() {
      const found = await within(client.list(folder));
      return found
        .filter(({ type, name }) => type === '-' && !name.startsWith('.') && !/\.(part|tmp)$/i.test(name))
        .map(({ name, size, modifyTime }) => ({ name, size, modifiedAt: new Date(modifyTime) }))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    async *read(name) {
      const stream = client.createReadStream(path.join(folder, path.basename(name)), { autoClose: true });
      // What goes wrong while it is read is thrown by the loop; after the last byte nothing matters any more.
      stream.on('error', () => undefined);
      const pieces = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
      try {
        for (;;) {
          const piece = await within(Promise.resolve(pieces.next()));
          if (piece.done === true) return;
          yield piece.value;
        }
      } finally {
        stream.destroy();
      }
    },
    close: () => endSftp(client),
  };
}
