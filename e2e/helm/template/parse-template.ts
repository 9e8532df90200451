import { parsePipeline, type Pipeline } from "./parse-pipeline";
import { scanTemplate, type Piece } from "./scan-template";

export type Node =
  | { kind: "text"; text: string }
  | { kind: "output"; pipeline: Pipeline }
  | { kind: "if" | "with"; branches: Branch[]; otherwise: Node[] }
  | { kind: "range"; over: Pipeline; body: Node[]; otherwise: Node[] };

export interface Branch {
  condition: Pipeline;
  body: Node[];
}

export interface ParsedTemplate {
  body: Node[];
  defined: Map<string, Node[]>;
}

interface Reading {
  pieces: Piece[];
  defined: Map<string, Node[]>;
}

/** Text, actions, if, with, range and define of Go's templates; anything else is refused. */
export function parseTemplate(source: string): ParsedTemplate {
  const reading: Reading = { pieces: scanTemplate(source), defined: new Map() };
  const { nodes, ending } = readBody(reading);
  if (ending !== undefined) throw new Error(`unexpected {{ ${ending} }}`);
  return { body: nodes, defined: reading.defined };
}

/** Up to the end or an else, which is told. */
function readBody(reading: Reading): { nodes: Node[]; ending: string | undefined } {
  const nodes: Node[] = [];
  for (let piece = reading.pieces.shift(); piece !== undefined; piece = reading.pieces.shift()) {
    if (piece.kind === "text") nodes.push({ kind: "text", text: piece.text });
    else if (/^(?:end|else)\b/.test(piece.text)) return { nodes, ending: piece.text };
    else nodes.push(...readAction(piece.text, reading));
  }
  return { nodes, ending: undefined };
}

function readAction(text: string, reading: Reading): Node[] {
  if (text.startsWith("/*")) return [];
  if (/:=|^\s*\$\w/.test(text)) throw new Error(`variables are not known: {{ ${text} }}`);
  const [, word = "", rest = ""] = /^(\w+)\s*([\s\S]*)$/.exec(text) ?? [];
  switch (word) {
    case "define":
      reading.defined.set(nameOf(rest), closedBody(reading));
      return [];
    case "if":
    case "with":
      return [readBranches(word, rest, reading)];
    case "range":
      return [readRange(rest, reading)];
    case "template":
    case "block":
      throw new Error(`${word} is not known; charts use include`);
    default:
      return [{ kind: "output", pipeline: parsePipeline(text) }];
  }
}

function nameOf(text: string): string {
  const name: unknown = JSON.parse(text);
  return String(name);
}

function closedBody(reading: Reading): Node[] {
  const { nodes, ending } = readBody(reading);
  if (ending !== "end") throw new Error(`expected end, found ${ending ?? "nothing"}`);
  return nodes;
}

function readBranches(kind: "if" | "with", first: string, reading: Reading): Node {
  const branches: Branch[] = [];
  let condition = first;
  for (;;) {
    const { nodes, ending } = readBody(reading);
    branches.push({ condition: parsePipeline(condition), body: nodes });
    if (ending === "end") return { kind, branches, otherwise: [] };
    if (ending === "else") return { kind, branches, otherwise: closedBody(reading) };
    const next = new RegExp(`^else\\s+${kind}\\s+([\\s\\S]+)$`).exec(ending ?? "")?.[1];
    if (next === undefined) throw new Error(`${kind} is never closed`);
    condition = next;
  }
}

function readRange(over: string, reading: Reading): Node {
  const { nodes, ending } = readBody(reading);
  const otherwise = ending === "else" ? closedBody(reading) : [];
  if (ending !== "else" && ending !== "end") throw new Error("range is never closed");
  return { kind: "range", over: parsePipeline(over), body: nodes, otherwise };
}
