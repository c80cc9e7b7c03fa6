// E-mail by SMTP (RFC 5321). Remember: until the server has asked for the body (354 to DATA) surely nothing was sent;
// from its first byte to the server's last answer nobody knows. nodemailer speaks the protocol on one connection; its
// pool is not used, because it sends again what it lost.

import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Outgoing, Provider, SendResult } from './message.ts';
import type { SmtpAddress } from './smtp-address.ts';
import { writeMail } from './write-mail.ts';

/** Connections at the most. */
const AT_ONCE = 8;
const KEPT_IDLE_MS = 10_000;
const CONNECT_MS = 5_000;
const SEND_WITHIN_MS = 12_000;

/** What an error of nodemailer's says beside its message. */
type SmtpError = Error & { code?: string; command?: string; responseCode?: number };

export function openSmtp(address: SmtpAddress, from: string): Provider {
  const kept = new Kept();
  return {
    name: 'smtp',
    atOnce: AT_ONCE,
    async send(message) {
      const body = await writeMail(message, from);
      const old = kept.take();
      const first = await attempt(old, message, body);
      // The server may have closed a kept connection meanwhile: that says nothing about the message.
      const isStale = old !== undefined && first.result.outcome === 'not-sent' && !first.isAnswer;
      return isStale ? (await attempt(undefined, message, body)).result : first.result;
    },
    close: async () => kept.close(),
  };

  async function attempt(
    old: SMTPConnection | undefined,
    { to }: Outgoing,
    body: Buffer,
  ): Promise<{ result: SendResult; isAnswer: boolean }> {
    const connection = old ?? newConnection(address);
    let hasBegun = false;
    const stream = bodyStream(body, () => (hasBegun = true));
    try {
      await withinTime(connection, async () => {
        if (old === undefined) await connect(connection, address);
        await deliver(connection, { from, to: [to] }, stream);
      });
      kept.keep(connection);
      return { result: { outcome: 'sent' }, isAnswer: true };
    } catch (error) {
      connection.close();
      const { responseCode } = error as SmtpError;
      return { result: judge(error as SmtpError, hasBegun), isAnswer: responseCode !== undefined };
    }
  }
}

function judge(
  { message: reason, code, command, responseCode = 0 }: SmtpError,
  hasBegun: boolean,
): SendResult {
  const isAnswerToBody = code === 'EMESSAGE' && command === 'DATA' && responseCode >= 400;
  if (hasBegun && !isAnswerToBody) return { outcome: 'unknown', reason };
  // 5xx to the sender or the password is a fault of ours, which may be mended; to the addressee or the body, for good.
  const isForGood = responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
  return { outcome: 'not-sent', again: !isForGood, reason };
}

function newConnection({ host, port, secure, requireTls, ignoreTls }: SmtpAddress): SMTPConnection {
  const connection = new SMTPConnection({
    host,
    port,
    secure,
    requireTLS: requireTls,
    ignoreTLS: ignoreTls,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SEND_WITHIN_MS,
    socketCloseTimeout: 1_000,
  });
  // Errors are told to whoever waits; one that comes when nobody does must not end the process.
  connection.on('error', () => undefined);
  return connection;
}

/** Gives the connection up when it takes too long, and fails when it ends without a word. */
async function withinTime(connection: SMTPConnection, work: () => Promise<void>): Promise<void> {
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => (fail = reject));
  const timer = setTimeout(() => fail(new Error(`no end within ${SEND_WITHIN_MS} ms`)), SEND_WITHIN_MS);
  // Later than the error that says why, if there is one.
  const ended = (): void => void setImmediate(() => fail(new Error('the connection was closed')));
  connection.once('error', fail).once('end', ended);
  try {
    // When the connection ends, the work may never hear of it.
    await Promise.race([work(), failed]);
  } finally {
    clearTimeout(timer);
    connection.off('error', fail).off('end', ended);
  }
}

async function connect(connection: SMTPConnection, { user, password }: SmtpAddress): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(error) : resolve()));
  });
  if (user === undefined) return;
  await new Promise<void>((resolve, reject) => {
    const credentials = { user, pass: password };
    connection.login({ user, credentials }, (error) => (error ? reject(error) : resolve()));
  });
}

function deliver(
  connection: SMTPConnection,
  envelope: { from: string; to: string[] },
  body: Readable,
): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.send(envelope, body, (error) => (error ? reject(error) : resolve()));
  });
}

/** Read for the first time when the server has asked for it. */
function bodyStream(body: Buffer, onBegin: () => void): Readable {
  return new Readable({
    read() {
      onBegin();
      this.push(body);
      this.push(null);
    },
  });
}

/** Connections that have delivered and may do so again, for some seconds. */
class Kept {
  readonly #idle = new Map<SMTPConnection, NodeJS.Timeout>();
  #closed = false;

  keep(connection: SMTPConnection): void {
    if (this.#closed || connection.destroyed) return connection.close();
    const quit = (): void => {
      this.#idle.delete(connection);
      connection.quit();
    };
    this.#idle.set(connection, setTimeout(quit, KEPT_IDLE_MS).unref());
  }

  take(): SMTPConnection | undefined {
    for (const [connection, timer] of this.#idle) {
      clearTimeout(timer);
      this.#idle.delete(connection);
      if (!connection.destroyed) return connection;
    }
    return undefined;
  }

  close(): void {
    this.#closed = true;
    for (const [connection, timer] of this.#idle) {
      clearTimeout(timer);
      connection.close();
    }
    this.#idle.clear();
  }
}
