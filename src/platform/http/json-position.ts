// Where a text stops being JSON (RFC 8259). JSON.parse refuses it but does not always say where, and an integration
// engineer needs the place. Only run on texts that were refused; no recursion, so nesting cannot exhaust the stack.

const SPACE = /[\t\n\r ]*/y;
const SCALAR = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

/** Offset of the first character that cannot stand where it stands; the text's length when it merely ends early. */
export function brokenAt(text: string): number {
  const open: string[] = [];
  let at = skip(SPACE, text, 0);
  let expects: 'value' | 'value-or-end' | 'name' | 'name-or-end' | 'more' = 'value';
  for (;;) {
    const character = text[at];
    if (character === undefined) return at;
    if (expects === 'more') {
      const container = open.at(-1);
      if (container === undefined) return at;
      if (character === ',') expects = container === '{' ? 'name' : 'value';
      else if (character === (container === '{' ? '}' : ']')) open.pop();
      else return at;
      at += 1;
    } else if (expects === 'name' || expects === 'name-or-end') {
      if (character === '}' && expects === 'name-or-end') {
        open.pop();
        expects = 'more';
        at += 1;
      } else {
        const end = character === '"' ? stringEnd(text, at) : -at - 1;
        if (end < 0) return -end - 1;
        at = skip(SPACE, text, end);
        if (text[at] !== ':') return at;
        at += 1;
        expects = 'value';
      }
    } else if (character === ']' && expects === 'value-or-end') {
      open.pop();
      expects = 'more';
      at += 1;
    } else if (character === '{' || character === '[') {
      open.push(character);
      expects = character === '{' ? 'name-or-end' : 'value-or-end';
      at += 1;
    } else {
      const end = character === '"' ? stringEnd(text, at) : scalarEnd(text, at);
      if (end < 0) return -end - 1;
      at = end;
      expects = 'more';
    }
    at = skip(SPACE, text, at);
  }
}

/** Line and column, both from 1, of an offset. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}

/** The offset behind the string that opens at `at`, or -1 - offset of the character that breaks it. */
function stringEnd(text: string, at: number): number {
  for (let next = at + 1; next < text.length;) {
    const code = text.charCodeAt(next);
    if (code === 0x22) return next + 1;
    if (code < 0x20) return -1 - next;
    if (code !== 0x5c) next += 1;
    else {
      const end = skip(ESCAPE, text, next);
      if (end === next) return -1 - next;
      next = end;
    }
  }
  return -1 - text.length;
}

function scalarEnd(text: string, at: number): number {
  const end = skip(SCALAR, text, at);
  return end === at ? -1 - at : end;
}

function skip(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}
