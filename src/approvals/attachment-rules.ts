// Which files may be attached: what evidence is made of, whose bytes begin as their kind begins. They are only ever handed
// out as downloads, and their names are shown, so a name is a plain file name.

import { refuse, type Refusal } from '../kernel/errors.ts';

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

/** By the ending of a file's name, for the command line. */
export const MEDIA_TYPE_OF: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

// No separators, no control or direction characters (U+202E makes "gpj.exe" of "exe.jpg"), no leading dot.
const UNFIT = /[\u0000-\u001f\u007f-\u009f/\\:*?"<>|\u200e\u200f\u2028-\u202f\u2066-\u2069\ufeff]|^\.|[. ]$/;

export function fileFault({ name, mediaType, bytes }: NewFile): Refusal | undefined {
  if (name.length === 0 || name.length > 120 || UNFIT.test(name) || !isUnicode(name))
    return malformed('a file name has 1 to 120 characters, without slashes, quotes and control characters');
  if (!Object.hasOwn(KINDS, mediaType)) return refuse('unsupported-media-type', { contentType: mediaType });
  if (bytes.length === 0) return malformed('the file is empty');
  if (bytes.length > LARGEST_ATTACHMENT)
    return refuse('payload-too-large', { limitBytes: LARGEST_ATTACHMENT });
  const beginnings = KINDS[mediaType];
  const fits =
    beginnings === undefined
      ? !bytes.includes(0)
      : beginnings.some((start) => bytes.subarray(0, start.length).equals(Buffer.from(start, 'latin1')));
  return fits ? undefined : refuse('unsupported-media-type', { claimedType: mediaType });
}

/** No half of a surrogate pair, which UTF-8 cannot carry. */
function isUnicode(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}

function malformed(detail: string): Refusal {
  return refuse('malformed-request', undefined, { errors: [{ pointer: '', detail }] });
}
