// One connection of the load generator: a request, its answer, the next request. Plain sockets and ready-made bytes,
// since the generator shares two cores with what it measures.

import net from 'node:net';

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Nothing came behind it that nobody asked for. */
  readonly isAlone: boolean;
}

export class Connection {
  readonly #socket: net.Socket;
  #part = '';
  #onAnswer: ((answer: Answer) => void) | undefined;
  #isEnded = false;

  private constructor(port: number, onEnd: (why: string) => void) {
    const buffer = Buffer.allocUnsafe(64 * 1024);
    const callback = (length: number): boolean => {
      this.#take(buffer.toString('latin1', 0, length));
      return true;
    };
    let why = 'the connection ended';
    this.#socket = net.connect({ host: '127.0.0.1', port, onread: { buffer, callback }, noDelay: true });
    this.#socket.on('error', (error) => (why = String(error)));
    this.#socket.once('close', () => {
      this.#onAnswer = undefined;
      if (!this.#isEnded) onEnd(why);
    });
  }

  /** `onEnd`: it ended though nobody here asked for that. */
  static open(port: number, onEnd: (why: string) => void): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection = new Connection(port, (why) => {
        reject(new Error(why));
        onEnd(why);
      });
      connection.#socket.once('connect', () => resolve(connection));
    });
  }

  get isWaiting(): boolean {
    return this.#onAnswer !== undefined;
  }

  ask(request: Buffer, onAnswer: (answer: Answer) => void): void {
    this.#onAnswer = onAnswer;
    this.#socket.write(request);
  }

  end(): void {
    this.#isEnded = true;
    this.#socket.destroy();
  }

  #take(text: string): void {
    const answer = this.#part + text;
    const length = answerLength(answer);
    if (length === undefined || answer.length < length) {
      this.#part = answer;
      return;
    }
    this.#part = '';
    const onAnswer = this.#onAnswer;
    this.#onAnswer = undefined;
    onAnswer?.({ status: Number(answer.slice(9, 12)), text: answer, isAlone: answer.length === length });
  }
}

/** Length of the whole answer; undefined while the head is not there. Refuses what has no content-length. */
function answerLength(answer: string): number | undefined {
  const headEnd = answer.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const at = answer.indexOf('\r\ncontent-length: ');
  if (at < 0 || at > headEnd)
    throw new Error(`an answer without content-length: ${answer.slice(0, headEnd)}`);
  return headEnd + 4 + Number(answer.slice(at + 18, answer.indexOf('\r\n', at + 18)));
}
