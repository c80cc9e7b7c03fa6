// The place of a bank, as its settings name it: a folder below the data directory or anywhere, or an SFTP account.

import path from 'node:path';
import { openBankSecret, type Handover } from '../billers/bank/index.ts';
import { openFolder } from './folder-place.ts';
import type { Place } from './place.ts';
import { openSftp } from './sftp-place.ts';

export interface BankOfFile {
  readonly bankCode: string;
  readonly handover: Handover;
  readonly sealedSecret: Buffer | null;
  /** A file has been offered there before. */
  readonly isUsed: boolean;
}

/** Throws when it cannot be reached. */
export async function openBankPlace(
  { bankCode, handover, sealedSecret, isUsed }: BankOfFile,
  { masterKey, dataDir }: { readonly masterKey: Buffer; readonly dataDir: string },
): Promise<Place> {
  if (handover.way === 'folder') return openFolder(path.resolve(dataDir, handover.folder), { isUsed });
  const secret = openBankSecret(masterKey, { code: bankCode, sealedSecret });
  if (secret === undefined) throw new Error(`bank ${bankCode} has no secret to sign in with`);
  return openSftp({ ...handover, secret });
}
