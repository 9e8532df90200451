/** What an action is made of: each command's value is the last argument of the next. */
export type Pipeline = Operand[][];
export type Operand =
  | { kind: "literal"; value: string | number | boolean | null }
  /** `.a.b`, `$.a` or, after parentheses, what they yield and its members. */
  | { kind: "field"; from: "dot" | "root" | Pipeline; path: string[] }
  | { kind: "function"; name: string };

/** Members of what parentheses yield stand close to them: `(f x).a`, not `(f x) .a`. */
const token =
  /\s*(?:("(?:[^"\\]|\\.)*"|`[^`]*`)|(-?\d+(?:\.\d+)?)|(\$?(?:\.[A-Za-z_]\w*)+|\$|\.)|([A-Za-z_]\w*)|(\)(?:\.[A-Za-z_]\w*)*|[(|]))/y;

export function parsePipeline(text: string): Pipeline {
  const tokens = [...readTokens(text)];
  const pipeline = readPipeline(tokens);
  if (tokens.length > 0) throw new Error(`unexpected ${tokens[0]} in {{ ${text} }}`);
  return pipeline;
}

function* readTokens(text: string): Generator<string> {
  const rest = text.trimEnd();
  let at = 0;
  while (at < rest.length) {
    token.lastIndex = at;
    const found = token.exec(rest);
    if (found === null) throw new Error(`cannot read {{ ${text} }} at ${rest.slice(at)}`);
    at = token.lastIndex;
    yield found[0].trimStart();
  }
}

function readPipeline(tokens: string[]): Pipeline {
  const commands: Pipeline = [[]];
  for (let next = tokens[0]; next !== undefined && !next.startsWith(")"); next = tokens[0]) {
    tokens.shift();
    if (next === "|") commands.push([]);
    else commands.at(-1)?.push(readOperand(next, tokens));
  }
  if (commands.some((command) => command.length === 0)) throw new Error("an empty command");
  return commands;
}

function readOperand(word: string, tokens: string[]): Operand {
  if (word === "(") return readParentheses(tokens);
  if (word.startsWith('"')) return { kind: "literal", value: readString(word) };
  if (word.startsWith("`")) return { kind: "literal", value: word.slice(1, -1) };
  if (/^-?\d/.test(word)) return { kind: "literal", value: Number(word) };
  if (word === "true" || word === "false") return { kind: "literal", value: word === "true" };
  if (word === "nil") return { kind: "literal", value: null };
  if (/^[$.]/.test(word)) {
    const path = word.replace(/^\$/, "").split(".").filter(Boolean);
    return { kind: "field", from: word.startsWith("$") ? "root" : "dot", path };
  }
  return { kind: "function", name: word };
}

function readParentheses(tokens: string[]): Operand {
  const from = readPipeline(tokens);
  const close = tokens.shift();
  if (close === undefined) throw new Error("parentheses are never closed");
  return { kind: "field", from, path: close.slice(1).split(".").filter(Boolean) };
}

/** Go's strings, of which JSON's escapes are a part; others are refused rather than guessed. */
function readString(word: string): string {
  const value: unknown = JSON.parse(word);
  return String(value);
}
