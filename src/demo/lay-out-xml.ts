// XML for the eye: an element that holds others has its lines to itself, one that holds text stays on one.

export function layOutXml(xml: string): string {
  let depth = 0;
  const lines = xml.trim().replaceAll(/>\s*</g, '>\n<').split('\n');
  return lines
    .map((line) => {
      if (line.startsWith('</')) depth--;
      const laid = '  '.repeat(depth) + line;
      if (/^<[^?!/][^<]*(?<!\/)>$/.test(line)) depth++;
      return laid;
    })
    .join('\n');
}
