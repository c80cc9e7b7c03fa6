// How many segments an SMS takes (3GPP TS 23.038, 23.040): 160 characters of the GSM alphabet or 70 of UCS-2, less
// when it has several parts. Each segment is paid for, so a text is bounded by them.

/** The basic alphabet of TS 23.038, without the escape. */
const GSM = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Its extension: two places each. */
const GSM_EXTENSION = new Set('\f^{}\\[~]|€');

export function smsSegments(text: string): number {
  let places = 0;
  for (const letter of text) {
    if (GSM.has(letter)) places += 1;
    else if (GSM_EXTENSION.has(letter)) places += 2;
    else return segments(text.length, 70, 67);
  }
  return segments(places, 160, 153);
}

function segments(places: number, alone: number, each: number): number {
  return places <= alone ? 1 : Math.ceil(places / each);
}
