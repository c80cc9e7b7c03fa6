// Door of the operator's banks: their calendars, the operator's accounts, and the accounts that agencies are paid to.

export { accountFor } from './account-for.ts';
export { isBic } from './account-holder.ts';
export { addBankAccount, type BankAccountWish, type ShownBankAccount } from './add-bank-account.ts';
export { registerBillerAccountCommands } from './account-commands.ts';
export {
  openAccountNumber,
  openBankSecret,
  remittanceAccountSealId,
  type Bank,
  type BankAccount,
  type RemittanceAccount,
  type SealedNumber,
} from './bank.ts';
export type { BankChange, BankSettings, Handover } from './bank-settings.ts';
export { registerBankCommands } from './commands.ts';
export { addBank, setBank, type BankWish, type ShownBank } from './put-bank.ts';
export {
  endRemittanceAccount,
  setRemittanceAccount,
  type AccountOwner,
  type RemittanceAccountWish,
  type ShownAccount,
} from './set-remittance-account.ts';
export {
  bankCalendar,
  listBanks,
  showBank,
  showBankAccounts,
  showRemittanceAccounts,
  type WholeBank,
} from './show-bank.ts';
export { readRemittanceAccount, readRemittanceAccounts } from './store-account.ts';
export { readBank, readBankAccount, readBankAccounts, readBanks } from './store-bank.ts';
