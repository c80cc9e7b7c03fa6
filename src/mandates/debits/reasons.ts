// Why banks do not carry out debits, take them back, or refuse mandates: the codes of ISO 20022 (external code sets
// ExternalStatusReason1, ExternalReturnReason1 and ExternalMandateReason1), each with its cause. Whether a debit may be
// tried again belongs to the cause; when and how often is the biller's rule.

interface CauseRow {
  /** Trying the same debit again on a later day can succeed without anybody changing anything. */
  readonly mayRetry: boolean;
  readonly codes: string;
}

/** Where a bank may stand for its customer's privacy (AG07 and MS03 for AM04), it is tried again as for that. */
const CAUSES = {
  'insufficient-funds': { mayRetry: true, codes: 'AM04' },
  unsaid: { mayRetry: true, codes: 'AG07 MS03' },
  'bank-unavailable': {
    mayRetry: true,
    codes: 'AB01 AB02 AB03 AB04 AB06 AB07 AB10 AB11 AG10 DS28 ED05 ED06 FF10 TA01',
  },
  'wrong-date': { mayRetry: true, codes: 'CH03 CH04 DT01 DT02 DT03 DT04 DT05 EDNA TM01' },
  'too-often': { mayRetry: true, codes: 'SL13' },
  'wrong-account': { mayRetry: false, codes: 'AC01 AC02 RR01' },
  'account-closed': { mayRetry: false, codes: 'AC04 AC05' },
  'account-blocked': { mayRetry: false, codes: 'AC06 AC16 AC17 AM07 NOCM' },
  'account-not-for-debits': { mayRetry: false, codes: 'AC12 AC13 AG01 AG03 MD08 MD09 MD10' },
  'wrong-bank': { mayRetry: false, codes: 'AGNT DNOR MD11 MD14 RC01 RC02 RC03 RC05 RC06 RC08 RC09' },
  'wrong-holder': { mayRetry: false, codes: 'BE01 BE06 BE07 BE16 BE21 RR02' },
  'wrong-currency': { mayRetry: false, codes: 'AC09 AC10 AM03 AM11 CURR MD15' },
  'amount-too-large': { mayRetry: false, codes: 'AM02 AM13 AM14 AM21 AM23 SL14' },
  'amount-too-small': { mayRetry: false, codes: 'AM01 AM06 AM15 AM22' },
  'already-debited': { mayRetry: false, codes: 'AM05 DU01 DU02 DU03 DU04 DU05 DUPL MD12 RF01' },
  'no-mandate': { mayRetry: false, codes: 'CN01 FRTR MD01 MD05 MD17 MD18 MD19 MD22 MD23' },
  'mandate-incomplete': { mayRetry: false, codes: 'CH09 CH10 MD02' },
  'mandate-expired': { mayRetry: false, codes: 'EOL1 MD20' },
  'identity-not-proved': { mayRetry: false, codes: 'MD13' },
  'payer-refused': {
    mayRetry: false,
    codes: 'BE05 CUST MD16 MS02 RQNR SL11 SL12 SP01 SP02 UCRD UPAY',
  },
  'payer-took-back': { mayRetry: false, codes: 'MD06' },
  'holder-gone': { mayRetry: false, codes: 'MD07' },
  'bank-stopped': { mayRetry: false, codes: 'FR01 FRAD MD21 RR04 SL01' },
  cancelled: { mayRetry: false, codes: 'DS02 FOCR' },
  'order-at-fault': {
    mayRetry: false,
    codes:
      'AC03 AC07 AC11 AC14 AG02 AG08 AM09 AM10 AM12 AM16 AM17 AM18 AM19 AM20 BE04 BE11 BE17 BE22 CH11 CH16 CH17 CH20 CH21 CNOR DS04 ED01 FF01 FF02 FF03 FF04 FF05 FF06 FF07 FF08 MINF RC04 RC07 RC10 RC11 RC12 RR03 RR05 RR06 RR07 RR08 RR09 RR10 RR11 RR12 TD02 TD03',
  },
  /** A bank's own word, or one that is new: a person reads it, nothing is tried again by itself. */
  other: { mayRetry: false, codes: 'NARR' },
} as const satisfies Readonly<Record<string, CauseRow>>;

export type Cause = keyof typeof CAUSES;

export interface DebitReason {
  /** As the bank says it; null: it gives none. */
  readonly code: string | null;
  readonly cause: Cause;
  readonly mayRetry: boolean;
}

const CAUSE_OF: ReadonlyMap<string, Cause> = new Map(
  causes().flatMap((cause) => codesOf(cause).map((code) => [code, cause] as const)),
);

/**
 * Of what a bank says, each reason a code with or without words behind it (`AM04 solde insuffisant`). Of several the first
 * that forbids another try counts, else the first. None at all is `unsaid`, words without a code that is known `other`.
 */
export function reasonOf(said: readonly (string | null)[]): DebitReason {
  const reasons = said.flatMap((each) => (each === null || each.trim() === '' ? [] : [known(each)]));
  return (
    reasons.find(({ mayRetry, cause }) => !mayRetry && cause !== 'other') ??
    reasons.find(({ mayRetry }) => !mayRetry) ??
    reasons[0] ?? { code: null, cause: 'unsaid', mayRetry: CAUSES.unsaid.mayRetry }
  );
}

export function causes(): readonly Cause[] {
  return Object.keys(CAUSES).filter((name): name is Cause => Object.hasOwn(CAUSES, name));
}

export function codesOf(cause: Cause): readonly string[] {
  return CAUSES[cause].codes.split(' ');
}

function known(said: string): DebitReason {
  const code = /^\s*([A-Z][A-Z0-9]{3})(?![A-Za-z0-9])/.exec(said)?.[1] ?? '';
  const cause = CAUSE_OF.get(code);
  // Four capitals that no code list has may be a word of the bank's.
  if (cause === undefined)
    return { code: /[0-9]/.test(code) ? code : null, cause: 'other', mayRetry: CAUSES.other.mayRetry };
  return { code, cause, mayRetry: CAUSES[cause].mayRetry };
}
