// Tells a story to its end, or up to where it stops: what was told until then is true and is kept, with the reason in a
// sentence.

import type { Scribe } from './scribe.ts';

export type StoryEnd =
  { readonly text: string; readonly came: object } | { readonly text: string; readonly stopped: string };

/** `stopped`: why it went no further. */
export async function tellStory(
  scribe: Scribe,
  baseUrl: string,
  tell: () => Promise<object>,
): Promise<StoryEnd> {
  try {
    const came = await tell();
    return { text: scribe.text, came };
  } catch (error) {
    return { text: scribe.text, stopped: whyOf(error, baseUrl) };
  }
}

const STOPS = 'the story stops: ';

function whyOf(error: unknown, baseUrl: string): string {
  if (error instanceof TypeError && error.cause instanceof Error)
    return `${STOPS}${baseUrl} does not answer; is it running? (npm start)`;
  const message = error instanceof Error ? error.message : String(error);
  return message.startsWith(STOPS) ? message : `${STOPS}${message}`;
}
