// What this machine must not forget, in the browser's database: its settings, and every taking until its end is told. A write
// has reached the disk when its promise is kept.

import type { Language } from '../words/words.ts';
import { isOver, type Taking } from './taking.ts';

export interface Settings {
  readonly key: string;
  /** Whose key it is: references are one channel's. */
  readonly channelCode: string;
  readonly outletId: string;
  readonly language: Language;
  /** Whom to call. */
  readonly helpline: string;
  /** `played`: on the screen, for trying; no money is taken. */
  readonly acceptor: 'machine' | 'played';
}

export interface Offer {
  readonly billerCode: string;
  readonly names: Readonly<Partial<Record<Language, string>>>;
  readonly currency: string;
  readonly limitPerPayment?: { readonly value: string; readonly currency: string };
}

/** What the played acceptor has in its box for a session. */
export interface PlayedMemory {
  readonly session: string | null;
  readonly notes: readonly { readonly note: string; readonly value: string }[];
}

const NAME = 'wasit-kiosk';
const ONLY = 'only';

export class Book {
  readonly #db: IDBDatabase;

  private constructor(db: IDBDatabase) {
    this.#db = db;
  }

  static async open(): Promise<Book> {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('settings');
      request.result.createObjectStore('offers');
      request.result.createObjectStore('played');
      request.result.createObjectStore('takings', { keyPath: 'reference' });
    };
    return new Book(await kept(request));
  }

  settings(): Promise<Settings | undefined> {
    return kept(this.#read('settings').get(ONLY) as IDBRequest<Settings | undefined>);
  }

  putSettings(settings: Settings): Promise<void> {
    return this.#write('settings', (store) => store.put(settings, ONLY));
  }

  /** As they were last told, for a start without a line. */
  offers(): Promise<readonly Offer[] | undefined> {
    return kept(this.#read('offers').get(ONLY) as IDBRequest<readonly Offer[] | undefined>);
  }

  putOffers(offers: readonly Offer[]): Promise<void> {
    return this.#write('offers', (store) => store.put(offers, ONLY));
  }

  played(): Promise<PlayedMemory | undefined> {
    return kept(this.#read('played').get(ONLY) as IDBRequest<PlayedMemory | undefined>);
  }

  putPlayed(memory: PlayedMemory): Promise<void> {
    return this.#write('played', (store) => store.put(memory, ONLY));
  }

  takings(): Promise<readonly Taking[]> {
    return kept(this.#read('takings').getAll() as IDBRequest<Taking[]>);
  }

  put(taking: Taking): Promise<void> {
    return this.#write('takings', (store) => store.put(taking));
  }

  /**
   * Changes what the book has at this moment, so that two who change it lose nothing of each other's; what is over is struck.
   * Returns what it came to; undefined: there is no such taking.
   */
  async change(reference: string, to: (taking: Taking) => Taking): Promise<Taking | undefined> {
    let after: Taking | undefined;
    await this.#write('takings', (store) => {
      const reading = store.get(reference) as IDBRequest<Taking | undefined>;
      reading.onsuccess = () => {
        if (reading.result === undefined) return;
        after = to(reading.result);
        if (isOver(after)) store.delete(reference);
        else store.put(after);
      };
      return reading;
    });
    return after;
  }

  strike(reference: string): Promise<void> {
    return this.#write('takings', (store) => store.delete(reference));
  }

  #read(store: string): IDBObjectStore {
    return this.#db.transaction(store).objectStore(store);
  }

  #write(name: string, act: (store: IDBObjectStore) => IDBRequest): Promise<void> {
    const transaction = this.#db.transaction(name, 'readwrite', { durability: 'strict' });
    act(transaction.objectStore(name));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('the book was not written'));
    });
  }
}

function kept<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the book cannot be read'));
  });
}
