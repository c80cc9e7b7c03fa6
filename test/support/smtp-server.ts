// A small SMTP server (RFC 5321) that does with each message what it is told: takes it, refuses it at any step, or
// breaks the connection at the moment where nobody can know. It remembers what it took.
import net from 'node:net';
import type { Test } from 'tap';

export type Conduct =
  | 'take'
  /** 450 to RCPT TO. */
  | 'later'
  /** 550 to RCPT TO. */
  | 'never'
  /** 451 to the body. */
  | 'later-after-body'
  /** 554 to the body. */
  | 'never-after-body'
  /** The body is whole; no answer, connection gone. */
  | 'drop-after-body'
  /** The connection breaks after RCPT TO. */
  | 'drop-before-body'
  /** 421 instead of a greeting. */
  | 'busy';

export interface TakenMail {
  readonly from: string;
  readonly to: string;
  /** As it came over the wire, dots undone. */
  readonly body: string;
}

export interface SmtpServer {
  readonly url: string;
  readonly taken: readonly TakenMail[];
  /** Bodies that arrived whole, whatever was answered. */
  readonly bodies: number;
  readonly connections: number;
  conduct: Conduct;
  /** Ends the connections that stand, as a server does that is restarted. */
  cut(): void;
  close(): Promise<void>;
}

/** Closed at the end of the test. `port`: to come back where one was before. */
export async function startSmtpServer(t: Test, port = 0): Promise<SmtpServer> {
  const open = new Set<net.Socket>();
  const taken: TakenMail[] = [];
  const seen = { bodies: 0, connections: 0 };
  const listener = net.createServer((socket) => {
    seen.connections += 1;
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    converse(socket, server, taken, seen);
  });
  const server: SmtpServer = {
    get url() {
      return `smtp://127.0.0.1:${(listener.address() as net.AddressInfo).port}`;
    },
    taken,
    get bodies() {
      return seen.bodies;
    },
    get connections() {
      return seen.connections;
    },
    conduct: 'take',
    cut() {
      for (const socket of open) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
  await new Promise<void>((resolve) => listener.listen(port, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return server;
}

function converse(
  socket: net.Socket,
  server: SmtpServer,
  taken: TakenMail[],
  seen: { bodies: number },
): void {
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  let rest = '';
  let from = '';
  let to = '';
  let inBody = false;
  const answerBody = (body: string): void => {
    seen.bodies += 1;
    if (server.conduct === 'drop-after-body') return void socket.destroy();
    if (server.conduct === 'later-after-body') return say('451 try later');
    if (server.conduct === 'never-after-body') return say('554 not wanted');
    taken.push({ from, to, body });
    say('250 taken');
  };
  const command = (line: string): void => {
    const word = line.toUpperCase();
    if (word.startsWith('EHLO')) say('250-here\r\n250 8BITMIME');
    else if (word.startsWith('MAIL FROM:')) [from, to] = [line.slice(10), ''];
    else if (word.startsWith('RCPT TO:')) to = line.slice(8);
    if (word.startsWith('MAIL FROM:')) say('250 sender');
    if (word.startsWith('RCPT TO:')) {
      if (server.conduct === 'later') say('450 greylisted');
      else if (server.conduct === 'never') say('550 no such mailbox');
      else if (server.conduct === 'drop-before-body') socket.destroy();
      else say('250 addressee');
    }
    if (word === 'DATA') {
      inBody = true;
      say('354 go on');
    }
    if (word === 'RSET') say('250 reset');
    if (word === 'QUIT') socket.end('221 bye\r\n');
  };
  socket.on('data', (bytes) => {
    rest += bytes.toString('latin1');
    for (;;) {
      const end = rest.indexOf(inBody ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = rest.slice(0, end);
      rest = rest.slice(end + (inBody ? 5 : 2));
      if (inBody) {
        inBody = false;
        answerBody(part.replace(/^\.\./gm, '.'));
      } else command(part);
    }
  });
  if (server.conduct === 'busy') socket.end('421 too many\r\n');
  else say('220 here');
}
