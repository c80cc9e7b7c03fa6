// Sends a large file and says how much of it is gone: what `fetch` cannot say.

import type { Answer, Problem } from './call.ts';
import { NO_ANSWER } from './call.ts';

export interface Upload {
  readonly path: string;
  readonly file: File;
  readonly type: string;
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export function upload<T>({ path, file, type, onProgress }: Upload): Promise<Answer<T>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const fail = (problem: Problem): void => resolve({ ok: false, problem });
    request.open('POST', path);
    request.setRequestHeader('content-type', type);
    request.setRequestHeader('x-wasit-page', '1');
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => fail({ code: NO_ANSWER, status: 0, title: '' });
    request.onload = () => {
      const told = read(request.responseText);
      if (request.status >= 200 && request.status < 300)
        resolve({ ok: true, body: told as T, headers: new Headers() });
      else fail({ code: NO_ANSWER, title: '', ...(told as Partial<Problem>), status: request.status });
    };
    request.send(file);
  });
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's own page, for example.
    return {};
  }
}
