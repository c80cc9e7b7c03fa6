// The words before a number that say what it is. A number without letters is looked for only after such a word: by itself
// it may be a date, a telephone or anything.

export type Named = 'bill' | 'payer';

const BILL =
  'INV INVOICE INVOICES BILL BILLS BILLNO INVNO FACT FACTURE FACTURES FAC AVIS NOTICE NOTICES TITRE TITRES QUITTANCE ' +
  'فاتوره فواتير مطالبه مطالبات اشعار اشعارات';
const PAYER =
  'CUSTOMER CUST CLIENT PAYER SUBSCRIBER EMPLOYER EMPLOYEUR ADHERENT COTISANT AFFILIE ABONNE MEMBER MATRICULE INSURED ' +
  'ESTABLISHMENT ' +
  'مشترك عميل زبون منشاه مكلف مومن منخرط دافع';
/** They stand between the word and its number, and say nothing by themselves. */
const FILLER =
  'N NO NOS NR NUM NUMBER NUMBERS NUMERO NUMEROS ID CODE O DE DU LA LE THE OF رقم ارقام رقمها كود الكود';
const NOT_OURS =
  'TEL PHONE MOBILE MOB GSM FAX ACC ACCT ACCOUNT AC COMPTE CPTE IBAN RIB CARD CARTE CB DATE DATED BOX ' +
  'هاتف جوال موبايل تليفون حساب بطاقه تاريخ ايبان عمليه مرجع';
const AND = 'AND ET و';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const bill = setOf(BILL);
const payer = setOf(PAYER);
const filler = setOf(FILLER);
const notOurs = setOf(NOT_OURS);
const and = setOf(AND);

/** And, by, to, like and the article are written as one with an Arabic word. */
const PROCLITICS = /^[وف]?[بلك]?(ال|ل)?(?=.{3})/u;

export function isFiller(word: string): boolean {
  return filler.has(word) || filler.has(stem(word));
}

export function isAnd(word: string): boolean {
  return and.has(word);
}

export function isNotOurs(word: string): boolean {
  return notOurs.has(word) || notOurs.has(stem(word));
}

/** What a number after this word is the number of; undefined: the word says nothing of that. */
export function namedBy(word: string): Named | undefined {
  for (const each of [word, stem(word)]) {
    if (bill.has(each)) return 'bill';
    if (payer.has(each)) return 'payer';
  }
  return undefined;
}

function stem(word: string): string {
  return word.replace(PROCLITICS, '');
}

/** Words that are written as one with a number that begins with letters, longest first. */
export const PREFIXES: readonly string[] = [...bill, ...payer, 'NO', 'NUM', 'NUMERO', 'REF']
  .filter((word) => /^[A-Z]+$/.test(word))
  .sort((a, b) => b.length - a.length);
