// Takes out of a told day what differs from one run to the next, so that two runs tell the same: ids become
// `<paymentId 1>` in order of appearance, times `<time>`, dates `<date>`, and the run's own mark disappears.

import { inArabicDigits } from './arabic-digits.ts';

const IDS: readonly (readonly [string, RegExp])[] = [
  ['paymentId', /\bpay_[0-9a-z]{26}\b/g],
  ['reversalId', /\brev_[0-9a-z]{26}\b/g],
  ['eventId', /\bevt_[0-9a-z]{26}\b/g],
  ['settlementId', /\bstl_[0-9a-z]{26}\b/g],
  ['remittanceId', /\brmt_[0-9a-z]{26}\b/g],
  ['fileId', /\bsfl_[0-9a-z]{26}\b/g],
  ['statementId', /\bstm_[0-9a-z]{26}\b/g],
  ['breakId', /\bbrk_[0-9a-z]{26}\b/g],
  ['approvalId', /\bapr_[0-9a-z]{26}\b/g],
  ['messageId', /(?<=\b|_)WST[0-9A-Z]{26}/g],
  ['endToEndId', /\bW[0-9A-Z]{14}[0-9]\b/g],
  ['digest', /\b[0-9a-f]{64}\b/g],
  ['requestId', /\breq_[0-9a-v]+\b/g],
  ['receiptNumber', /\b[0-9A-Z]{2,4}(?:-[0-9A-Z]{4}){3}-[0-9A-Z]\b/g],
];

export function forgetRun(text: string, run: string): string {
  let told = text
    .replaceAll(`-${run}`, '')
    .replaceAll(`-${inArabicDigits(run)}`, '')
    .replaceAll(/(<Bal>(?:(?!<\/Bal>)[^])*?<Amt Ccy="[A-Z]{3}">)[0-9.]+/g, '$1<balance>')
    .replaceAll(/("(?:opening|closing)": \{ "value": )"[-0-9.]+"/g, '$1"<balance>"')
    .replaceAll(/("continuity": )"(?:first|continues)"/g, '$1"<first or continues>"')
    .replaceAll(/("(?:cursor|next)": )"f\d+"/g, '$1"<cursor>"')
    .replaceAll(/(?<=[?&]after=)f\d+/g, '<cursor>')
    .replaceAll(/("quoteId": )"[^"]+"/g, '$1"<quoteId>"')
    .replaceAll(/("previousDigest": )(null|"[^"]+")/g, '$1"<digest of the day before>"');
  for (const [name, pattern] of IDS) {
    const seen = new Map<string, string>();
    told = told.replaceAll(pattern, (id) => {
      const known = seen.get(id) ?? `<${name} ${seen.size + 1}>`;
      seen.set(id, known);
      return known;
    });
  }
  return told
    .replaceAll(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})/g, '<time>')
    .replaceAll(/(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)/g, '<date>')
    .replaceAll(/<requestId \d+>/g, '<requestId>')
    .replaceAll(/\bnumber \d+ of the feed\b/g, 'number <n> of the feed');
}
