// An e-mail as bytes (RFC 5322, MIME): plain text, and the same as HTML that says its language and direction. The
// library encodes; that no header can be smuggled in rests on what is given to it: checked addresses, one-line texts.

import MailComposer from 'nodemailer/lib/mail-composer';
import { plain } from './fill-text.ts';
import type { Outgoing } from './message.ts';

/**
 * `from`: the sender's bare address; the biller's name is put before it. `readable`: the body as it is, in UTF-8 (8bit),
 * for people who open the file; not for SMTP, where not every server takes more than ASCII and lines of any length.
 */
export async function writeMail(message: Outgoing, from: string, { readable = false } = {}): Promise<Buffer> {
  const { id, to, language, at, text } = message;
  const subject = plainKeepingDirection(message.subject);
  const part = (kind: 'plain' | 'html', body: string) =>
    readable ? { raw: as8bit(kind, withLineEnds(body)) } : withLineEnds(body);
  const mail = new MailComposer({
    from: { name: plain(message.from), address: from },
    to: { name: '', address: to },
    subject,
    messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    date: at,
    headers: {
      // RFC 3834: nobody's holiday notice shall answer it.
      'Auto-Submitted': 'auto-generated',
      'Content-Language': language,
    },
    text: part('plain', text),
    html: part('html', htmlOf(subject, text, language)),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return mail.compile().build();
}

/** One line; the isolates that fill-text.ts has set stay. */
function plainKeepingDirection(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}

function as8bit(kind: 'plain' | 'html', body: string): string {
  return `Content-Type: text/${kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${body}`;
}

/** RFC 5322: lines end with CRLF. */
function withLineEnds(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

function htmlOf(subject: string, text: string, language: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${escaped(paragraph).replaceAll('\n', '<br>\n')}</p>`);
  const direction = language === 'ar' ? 'rtl' : 'ltr';
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>
<body>
${paragraphs.join('\n')}
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
