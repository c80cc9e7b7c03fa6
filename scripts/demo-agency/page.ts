// The demo agency's page: what a person sees of its books. It reloads itself; there is no script in it.

import type { PaymentRecord, Total } from './records.ts';

const STYLE = `body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1c2733;background:#fff}
table{border-collapse:collapse;margin:1rem 0 2rem}th,td{text-align:left;padding:.35rem 1rem .35rem 0;border-bottom:1px solid #d8dfe6}
td.n{text-align:right;font-variant-numeric:tabular-nums}.undone{color:#8a97a5;text-decoration:line-through}code{font-size:13px}`;

export const PAGE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

export function showPage({ totals, payments }: { totals: Total[]; payments: PaymentRecord[] }): string {
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2"><title>Demo agency</title>
<style>${STYLE}</style>
<h1>The demo agency’s books</h1>
<p>Booked from the confirmations that Wasit has sent here, each once. As JSON: ask with <code>accept: application/json</code>.</p>
${table(['agency', 'payments', 'booked'], totals.map(totalRow))}
${
  payments.length === 0
    ? '<p>Nothing yet: pay a bill, and it appears.</p>'
    : table(
        ['changed', 'agency', 'bills', 'amount', 'receipt', 'by', 'state', 'payment'],
        payments.map(paymentRow),
      )
}
</html>
`;
}

function totalRow({ billerCode, payments, amount, currency }: Total): string {
  return `<tr><td>${text(billerCode)}<td class="n">${payments}<td class="n">${text(amount)} ${text(currency)}`;
}

function paymentRow(payment: PaymentRecord): string {
  const { billerCode, bills, amount, receiptNumber, channelCode, state, paymentId } = payment;
  const cells = [
    text(payment.changedAt),
    text(billerCode),
    text(bills.map(({ billNumber }) => billNumber).join(', ')),
    `${text(amount?.value)} ${text(amount?.currency)}`,
    `<code>${text(receiptNumber)}</code>`,
    text(channelCode),
    text(state),
    `<code>${text(paymentId)}</code>`,
  ];
  return `<tr${state === 'undone' ? ' class="undone"' : ''}>${cells.map((cell) => `<td>${cell}`).join('')}`;
}

function table(heads: readonly string[], rows: readonly string[]): string {
  if (rows.length === 0) return '';
  return `<table><tr>${heads.map((head) => `<th>${head}`).join('')}\n${rows.join('\n')}\n</table>`;
}

function text(value: string | null | undefined): string {
  const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return (value ?? '').replace(/[&<>"]/g, (sign) => named[sign] ?? sign);
}
