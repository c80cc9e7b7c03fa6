// A bank's answer to requests for mandates, pain.012 (mandate acceptance report), all versions alike: elements are known
// by their local names. A bank names the mandate by our number, by that of the request, or by both. Each answer is taken
// as it closes, so that a report of any length is held as its answers alone.

import type { MandateAnswer, MandateReport, ReadMandateAnswers } from '../../mandates/debits/index.ts';
import { LARGEST_ANSWER_BYTES } from '../../orders/index.ts';
import { readXml } from './read-xml.ts';
import { childOf, childrenOf, textOf, type XmlNode } from './xml-node.ts';
import { cut } from './xml-text.ts';

const REPORT = 'MndtAccptncRpt';
const DETAILS = 'UndrlygAccptncDtls';
const MOST_TEXTS = 10;
const LONGEST_TEXT = 300;
/** xs:boolean. */
const VERDICTS: ReadonlyMap<string, MandateAnswer['verdict']> = new Map([
  ['true', 'accepted'],
  ['1', 'accepted'],
  ['false', 'rejected'],
  ['0', 'rejected'],
]);
/** As ISO writes it, or a country's bankers around it. */
const NAMESPACE = /(?:^|[^a-z0-9])pain\.012\.001\.[0-9]{2}(?![0-9])/i;
/** Elements of a report that are read, or that hold one that is; the others need not be kept. */
const READ: ReadonlySet<string> = new Set([
  'GrpHdr',
  'MsgId',
  'OrgnlMsgInf',
  'AccptncRslt',
  'Accptd',
  'RjctRsn',
  'Cd',
  'Prtry',
  'AddtlRjctRsnInf',
  'OrgnlMndt',
  'OrgnlMndtId',
  'MndtId',
  'MndtReqId',
]);

export async function readMandateAnswers(bytes: Buffer): Promise<ReadMandateAnswers> {
  const reports = new Reports();
  const read = await readXml(bytes, LARGEST_ANSWER_BYTES, (node, around) => reports.isKept(node, around));
  return read.ok ? reports.end() : read;
}

/** Several reports may stand in an envelope of the bank's. */
class Reports {
  readonly #reports: MandateReport[] = [];
  #answers: MandateAnswer[] = [];
  /** The first. */
  #fault: string | undefined;

  /** Takes what closes. What remains is the leaves of what is still open. */
  isKept(node: XmlNode, around: readonly XmlNode[]): boolean {
    if (node.name === REPORT) this.#takeReport(node);
    else if (node.name === DETAILS && around.at(-1)?.name === REPORT) this.#answers.push(answerOf(node));
    else return READ.has(node.name) && around.some(({ name }) => name === REPORT);
    return false;
  }

  end(): ReadMandateAnswers {
    if (this.#fault !== undefined) return { ok: false, reason: this.#fault };
    if (this.#reports.length === 0)
      return {
        ok: false,
        reason: `the file is no mandate acceptance report (pain.012): it has no ${REPORT}`,
      };
    return { ok: true, reports: this.#reports };
  }

  #takeReport(report: XmlNode): void {
    const answers = this.#answers;
    this.#answers = [];
    const messageId = textOf(report, 'GrpHdr', 'MsgId');
    const fault = faultOf(report, messageId, answers);
    if (fault !== undefined) this.#fault ??= fault;
    else if (messageId !== null) this.#reports.push({ messageId, answers });
  }
}

function faultOf(
  { namespace }: XmlNode,
  messageId: string | null,
  answers: readonly MandateAnswer[],
): string | undefined {
  if (!NAMESPACE.test(namespace))
    return `a report of the file is in the namespace ${namespace === '' ? '(none)' : namespace.slice(0, 100)}: no pain.012`;
  if (messageId === null) return 'a report of the file does not say its own message id';
  if (answers.some(({ mandateReference, requestId }) => mandateReference === null && requestId === null))
    return 'an answer of the file does not say which mandate it is about';
  return undefined;
}

function answerOf(details: XmlNode): MandateAnswer {
  const original = childOf(details, 'OrgnlMndt');
  const result = childOf(details, 'AccptncRslt');
  const texts = childrenOf(result, 'AddtlRjctRsnInf').slice(0, MOST_TEXTS);
  return {
    requestMessageId: textOf(details, 'OrgnlMsgInf', 'MsgId'),
    requestId: textOf(original, 'OrgnlMndt', 'MndtReqId'),
    mandateReference: textOf(original, 'OrgnlMndtId') ?? textOf(original, 'OrgnlMndt', 'MndtId'),
    verdict: VERDICTS.get(textOf(result, 'Accptd') ?? '') ?? 'unknown',
    reasonCode: cleaned(textOf(result, 'RjctRsn', 'Cd') ?? textOf(result, 'RjctRsn', 'Prtry') ?? '', 35),
    reasonText: cleaned(texts.map(({ text }) => text).join(' '), LONGEST_TEXT),
  };
}

function cleaned(text: string, most: number): string | null {
  const clean = cut(text.replace(/[\p{Cc}\s]+/gu, ' '), most);
  return clean === '' ? null : clean;
}
