/** A PromQL expression as far as the lab understands it; whatever else is written is refused. */
export type Query =
  | { kind: "number"; value: number }
  | { kind: "select"; metric: string; labels: Record<string, string>; windowSeconds: number | null }
  | { kind: "call"; name: string; arguments: Query[] }
  | { kind: "text"; value: string }
  | { kind: "join"; operator: "or" | "-" | "+" | "*" | "/"; left: Query; right: Query };

export class QueryRefused extends Error {}

const tokens =
  /\s*(?:("(?:[^"\\\n]|\\.)*")|(\d+(?:\.\d+)?)(s|m|h)?(?![\w.])|([a-zA-Z_:][\w:]*)|([(){}\[\],=+*/-]))/y;

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3600 };

interface Token {
  kind: "text" | "number" | "duration" | "word" | "sign";
  value: string;
}

export function readQuery(source: string): Query {
  const reader = new Reader(readTokens(source));
  const query = reader.readOr();
  reader.requireEnd();
  return query;
}

function readTokens(source: string): Token[] {
  const list: Token[] = [];
  const end = source.trimEnd().length;
  tokens.lastIndex = 0;
  while (tokens.lastIndex < end) {
    const at = tokens.lastIndex;
    const found = tokens.exec(source);
    if (!found) throw new QueryRefused(`parse error: unexpected character at ${at}`);
    const [, text, number, unit, word, sign] = found;
    if (text !== undefined) list.push({ kind: "text", value: unquote(text) });
    else if (number !== undefined && unit !== undefined)
      list.push({ kind: "duration", value: String(Number(number) * (unitSeconds[unit] ?? 1)) });
    else if (number !== undefined) list.push({ kind: "number", value: number });
    else if (word !== undefined) list.push({ kind: "word", value: word });
    else list.push({ kind: "sign", value: sign ?? "" });
  }
  return list;
}

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", '"': '"', "\\": "\\" };

/** Go's escapes, of which JSON's are a part. */
function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_whole, escape: string) => {
    if (escape.startsWith("u")) {
      const code = Number.parseInt(escape.slice(1), 16);
      if (code >= 0xd800 && code <= 0xdfff) throw new QueryRefused("parse error: a half of a pair");
      return String.fromCharCode(code);
    }
    const plain = escapes[escape];
    if (plain === undefined) throw new QueryRefused(`parse error: unknown escape sequence \\${escape}`);
    return plain;
  });
}

class Reader {
  #at = 0;
  readonly #tokens: Token[];

  constructor(list: Token[]) {
    this.#tokens = list;
  }

  readOr(): Query {
    let left = this.#readSum();
    while (this.#takeIf("word", "or")) left = { kind: "join", operator: "or", left, right: this.#readSum() };
    return left;
  }

  requireEnd(): void {
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw new QueryRefused(`parse error: unexpected ${rest.value}`);
  }

  #readSum(): Query {
    let left = this.#readOne();
    for (;;) {
      const operator = (["-", "+", "*", "/"] as const).find((sign) => this.#takeIf("sign", sign));
      if (operator === undefined) return left;
      left = { kind: "join", operator, left, right: this.#readOne() };
    }
  }

  #readOne(): Query {
    const token = this.#take();
    if (token.kind === "number") return { kind: "number", value: Number(token.value) };
    if (token.kind === "text") return { kind: "text", value: token.value };
    if (token.kind === "sign" && token.value === "(") {
      const inner = this.readOr();
      this.#require(")");
      return inner;
    }
    if (token.kind !== "word") throw new QueryRefused(`parse error: unexpected ${token.value}`);
    return this.#takeIf("sign", "(") ? this.#readCall(token.value) : this.#readSelector(token.value);
  }

  #readCall(name: string): Query {
    const list: Query[] = [];
    do list.push(this.readOr());
    while (this.#takeIf("sign", ","));
    this.#require(")");
    return { kind: "call", name, arguments: list };
  }

  #readSelector(metric: string): Query {
    const labels: Record<string, string> = {};
    if (this.#takeIf("sign", "{") && !this.#takeIf("sign", "}")) {
      do {
        const label = this.#take("word").value;
        this.#require("=");
        if (Object.hasOwn(labels, label)) throw new QueryRefused(`parse error: ${label} twice`);
        labels[label] = this.#take("text").value;
      } while (this.#takeIf("sign", ","));
      this.#require("}");
    }
    if (!this.#takeIf("sign", "[")) return { kind: "select", metric, labels, windowSeconds: null };
    const windowSeconds = Number(this.#take("duration").value);
    this.#require("]");
    return { kind: "select", metric, labels, windowSeconds };
  }

  #take(kind?: Token["kind"]): Token {
    const token = this.#tokens[this.#at];
    if (token === undefined || (kind !== undefined && token.kind !== kind))
      throw new QueryRefused(`parse error: unexpected ${token?.value ?? "end of input"}`);
    this.#at += 1;
    return token;
  }

  #takeIf(kind: Token["kind"], value: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind || token.value !== value) return false;
    this.#at += 1;
    return true;
  }

  #require(sign: string): void {
    if (!this.#takeIf("sign", sign)) throw new QueryRefused(`parse error: expected ${sign}`);
  }
}
