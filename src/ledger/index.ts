// Door of the ledger.

export { ACCOUNT_KINDS, accountOf, OPERATOR, type Account, type AccountKind } from './account.ts';
export { Entries, type JournalHead, type Posting } from './entries.ts';
export { entryParts, recordEntries } from './store.ts';
