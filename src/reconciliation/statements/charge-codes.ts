// Which bookings are the bank's own charges, by the code that it gives them. Sources: ISO 20022 external code set of bank
// transaction codes (sub-families of charges, commissions, fees and taxes), SWIFT MT940 field 61 transaction types, and the
// GVC of the German banking industry that several MT940 dialects use.

const SUB_FAMILIES: ReadonlySet<string> = new Set(['CHRG', 'FEES', 'COMM', 'COME', 'COMI', 'COMT', 'TAXE']);
const MT_TYPES: ReadonlySet<string> = new Set([
  'NCHG',
  'FCHG',
  'NCOM',
  'FCOM',
  'NFEE',
  'CHG',
  'CHRG',
  'FEES',
  'COMM',
]);
const GVC: ReadonlySet<string> = new Set(['808', '809']);

/** `code` as the bank says it: `PMNT/ICDT/CHRG`, `NCHG`, `808`, or a word of its own. */
export function isCharge(code: string | null): boolean {
  if (code === null) return false;
  const parts = code.toUpperCase().split(/[/+.\s]/);
  const last = parts.at(-1) ?? '';
  return (
    parts.some((part) => MT_TYPES.has(part) || GVC.has(part)) || (parts.length > 1 && SUB_FAMILIES.has(last))
  );
}
