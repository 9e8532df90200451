/** A piece of text, or what stands between two pairs of braces. */
export interface Piece {
  kind: "text" | "action";
  text: string;
}

/** Cuts a Go template at its actions; a dash inside the braces takes the white space beside them away. */
export function scanTemplate(source: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let trimsNext = false;
  for (;;) {
    const open = source.indexOf("{{", at);
    const text = source.slice(at, open === -1 ? source.length : open);
    const trimmed = trimsNext ? text.replace(/^[ \t\r\n]+/, "") : text;
    if (open === -1) return [...pieces, { kind: "text", text: trimmed }];
    const close = endOfAction(source, open + 2);
    let inside = source.slice(open + 2, close);
    const trimsBefore = /^-[ \t\r\n]/.test(inside);
    trimsNext = /[ \t\r\n]-$/.test(inside);
    if (trimsBefore) inside = inside.slice(1);
    if (trimsNext) inside = inside.slice(0, -1);
    pieces.push({ kind: "text", text: trimsBefore ? trimmed.replace(/[ \t\r\n]+$/, "") : trimmed });
    pieces.push({ kind: "action", text: inside.trim() });
    at = close + 2;
  }
}

/** Braces within a string or a comment close nothing. */
function endOfAction(source: string, start: number): number {
  const comment = /^-?\s*\/\*/.exec(source.slice(start, start + 10));
  let at = comment ? source.indexOf("*/", start) + 2 : start;
  for (; at < source.length; at += 1) {
    if (source.startsWith("}}", at)) return at;
    const sign = source[at];
    if (sign === '"' || sign === "`") at = endOfString(source, at, sign);
  }
  throw new Error(`an action is never closed: ${source.slice(start, start + 40)}`);
}

function endOfString(source: string, start: number, sign: string): number {
  for (let at = start + 1; at < source.length; at += 1) {
    if (sign === '"' && source[at] === "\\") at += 1;
    else if (source[at] === sign) return at;
  }
  throw new Error(`a string is never closed: ${source.slice(start, start + 40)}`);
}
