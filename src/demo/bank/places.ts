// Where the demo bank finds what it is asked for, and puts what it says: the folders that Wasit and a bank share.

import path from 'node:path';
import { layFile } from '../lay-file.ts';

export interface BankPlaces {
  /** Files for the bank. */
  readonly orders: string;
  /** Its answers to them. */
  readonly answers: string;
  /** What it has booked. */
  readonly statements: string;
}

/** `handover`: the folder of the bank's settings, below the data directory. */
export function placesOf(dataDir: string, bankCode: string, handover: string): BankPlaces {
  return {
    orders: path.resolve(dataDir, handover),
    answers: path.join(dataDir, 'answers', bankCode),
    statements: path.join(dataDir, 'statements', bankCode),
  };
}

/** A file that the bank has written, and where it lies. */
export interface WrittenFile {
  readonly place: 'answers' | 'statements';
  readonly name: string;
  readonly bytes: string | Buffer;
}

export function layWritten(places: BankPlaces, { place, name, bytes }: WrittenFile): Promise<void> {
  return layFile(places[place], name, bytes);
}
