const depthMax = 32;

/** JSON in which no object names a member twice, since two readers would then see two different documents. */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  refuseRepeatedNames(text);
  return value;
}

// The text is known to be valid JSON, so strings and brackets are all that has to be told apart.
const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|([{}[\]])/g;

function refuseRepeatedNames(text: string): void {
  const open: (Set<string> | null)[] = [];
  for (const [, quoted, colon, bracket] of text.matchAll(tokens)) {
    if (bracket === "{" || bracket === "[") open.push(bracket === "{" ? new Set() : null);
    else if (bracket !== undefined) open.pop();
    else if (quoted !== undefined && colon !== undefined) addName(open.at(-1), quoted);
    if (open.length > depthMax) throw new SyntaxError("JSON is nested too deep");
  }
}

function addName(names: Set<string> | null | undefined, quoted: string): void {
  const name = String(JSON.parse(quoted));
  if (names?.has(name)) throw new SyntaxError("JSON names a member twice");
  names?.add(name);
}
