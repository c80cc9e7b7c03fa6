// Which files may be attached: what evidence is made of, whose bytes begin as their kind begins. They are only ever handed
// out as downloads, and their names are shown, so a name is a plain file name that ends as its kind ends, or has no ending.

import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import { refuse, type Refusal } from '../kernel/errors.ts';
import { isWrittenLine } from '../kernel/text-form.ts';

export interface NewFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export const LARGEST_ATTACHMENT = 5 * 1024 * 1024;

/** Media type → how such a file begins; undefined: text, which has no beginning of its own. */
const KINDS: Readonly<Record<string, readonly string[] | undefined>> = {
  'application/pdf': ['%PDF-'],
  'image/png': ['\x89PNG\r\n\x1a\n'],
  'image/jpeg': ['\xff\xd8\xff'],
  'text/plain': undefined,
  'text/csv': undefined,
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['PK\x03\x04'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['PK\x03\x04'],
};

export const MEDIA_TYPES = Object.keys(KINDS);

/** By the ending of a file's name. */
const MEDIA_TYPE_OF: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

export const ENDINGS = Object.keys(MEDIA_TYPE_OF);

/** undefined: of a name without an ending, or with one that no file has that may be attached. */
export function mediaTypeOf(name: string): string | undefined {
  return MEDIA_TYPE_OF[endingOf(name)];
}

// No separators, no leading dot; what nobody sees is no part of a written line (U+202E makes "gpj.exe" of "exe.jpg").
const UNFIT = /[/\\:*?"<>|]|^\.|[. ]$/;

export function fileFault({ name, mediaType, bytes }: NewFile): Refusal | undefined {
  if (name.length === 0 || name.length > 120 || UNFIT.test(name) || !isWrittenLine(name))
    return malformed(
      '/name',
      'a file name has 1 to 120 characters, without slashes, quotes, control characters and characters that nobody sees',
    );
  if (!Object.hasOwn(KINDS, mediaType)) return refuse('unsupported-media-type', { contentType: mediaType });
  if (endingOf(name) !== '' && mediaTypeOf(name) !== mediaType)
    return malformed('/name', `a file that ends in ${endingOf(name)} is not sent as ${mediaType}`);
  if (bytes.length === 0) return malformed('', 'the file is empty');
  if (bytes.length > LARGEST_ATTACHMENT)
    return refuse('payload-too-large', { limitBytes: LARGEST_ATTACHMENT });
  const beginnings = KINDS[mediaType];
  const fits =
    beginnings === undefined
      ? !bytes.includes(0) && (mediaType !== 'text/plain' || isUtf8(bytes))
      : beginnings.some((start) => bytes.subarray(0, start.length).equals(Buffer.from(start, 'latin1')));
  return fits ? undefined : refuse('unsupported-media-type', { claimedType: mediaType });
}

function endingOf(name: string): string {
  return path.extname(name).toLowerCase();
}

function malformed(pointer: string, detail: string): Refusal {
  return refuse('malformed-request', undefined, { errors: [{ pointer, detail }] });
}
