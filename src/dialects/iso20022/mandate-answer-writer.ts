// A bank's answers to requests for mandates as pain.012.001.05 (mandate acceptance report): the other side of
// read-mandate-answers.ts, for banks that are played.

import type { MandateAnswer, MandateAnswerFile, MandateAnswerWriter } from '../../mandates/debits/index.ts';
import { documentPieces } from './document-pieces.ts';
import { codeElement, element, textElement } from './element.ts';
import { idElement, instantElement } from './order-parts.ts';
import { cut } from './xml-text.ts';

const ISO_CODE = /^[A-Z0-9]{4}$/;
/** Max105Text, and as many of them as say something to a reader. */
const LONGEST_TEXT = 105;
const MOST_TEXTS = 3;

export const mandateAnswerWriter: MandateAnswerWriter = { pieces };

function pieces(file: MandateAnswerFile): Iterable<Buffer> {
  const head = element('GrpHdr', [
    idElement('MsgId', file.messageId),
    instantElement('CreDtTm', file.createdAt),
  ]);
  for (const answer of file.answers) answerOf(answer);
  return documentPieces('pain.012.001.05', parts(head, file));
}

function* parts(head: string, { answers }: MandateAnswerFile): Generator<string, void> {
  yield `<MndtAccptncRpt>${head}`;
  for (const answer of answers) yield answerOf(answer);
  yield '</MndtAccptncRpt>';
}

function answerOf(answer: MandateAnswer): string {
  const { requestMessageId, verdict, reasonCode, reasonText } = answer;
  if (verdict === 'unknown') throw new RangeError('a mandate is accepted or rejected');
  const original =
    requestMessageId === null
      ? undefined
      : element('OrgnlMsgInf', [idElement('MsgId', requestMessageId), '<MsgNmId>pain.009.001.05</MsgNmId>']);
  const result = element('AccptncRslt', [
    `<Accptd>${String(verdict === 'accepted')}</Accptd>`,
    reasonCode === null ? undefined : element('RjctRsn', [reasonOf(reasonCode)]),
    ...textsOf(reasonText).map((text) => textElement('AddtlRjctRsnInf', text, LONGEST_TEXT)),
  ]);
  return element('UndrlygAccptncDtls', [original, result, mandateOf(answer)]);
}

function reasonOf(code: string): string {
  return ISO_CODE.test(code) ? codeElement('Cd', code, ISO_CODE) : textElement('Prtry', code, 35);
}

function textsOf(text: string | null): string[] {
  if (text === null) return [];
  const characters = [...cut(text, LONGEST_TEXT * MOST_TEXTS)];
  const texts: string[] = [];
  for (let at = 0; at < characters.length; at += LONGEST_TEXT)
    texts.push(characters.slice(at, at + LONGEST_TEXT).join(''));
  return texts.filter((each) => each.trim() !== '');
}

/** The id of the request stands within the mandate, whose parties the schema wants and which nobody needs to hear again. */
function mandateOf({ mandateReference, requestId }: MandateAnswer): string {
  if (mandateReference === null && requestId === null) throw new RangeError('an answer names its mandate');
  if (requestId === null) return element('OrgnlMndt', [idElement('OrgnlMndtId', mandateReference ?? '')]);
  const mandate = element('OrgnlMndt', [
    mandateReference === null ? undefined : idElement('MndtId', mandateReference),
    idElement('MndtReqId', requestId),
    '<TrckgInd>false</TrckgInd><Cdtr/><Dbtr/><DbtrAgt><FinInstnId/></DbtrAgt>',
  ]);
  return element('OrgnlMndt', [mandate]);
}
