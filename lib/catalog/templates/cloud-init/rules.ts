import { isMap, LineCounter, parseDocument, type Document } from "yaml";
import type { TextProblem } from "../schema";
import { findKeyProblems, type Finding } from "./keys/rules";
import { findShapeProblems } from "./shape/rules";

/** KubeVirt refuses inline user data above this. */
export const cloudInitBytesMax = 2_048;
/** A first password's own lines, at the length they have at most. */
const passwordLines = chpasswdLines({ username: "x".repeat(32), hash: "x".repeat(130) });
const problemsMax = 50;

export interface CloudInitFacts {
  oneTimePassword: boolean;
}

/** What is wrong with a template's cloud-init, each thing at its place; an empty text is fine. */
export function checkCloudInit(
  text: string,
  facts: CloudInitFacts = { oneTimePassword: false },
): TextProblem[] {
  const findings = findProblems(text, facts);
  const lines = new LineCounter();
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  lines.addNewLine(0);
  lines.lineStarts.sort((left, right) => left - right);
  return findings.slice(0, problemsMax).map((finding) => placed(finding, lines));
}

function placed({ severity, code, params, range }: Finding, lines: LineCounter): TextProblem {
  const start = lines.linePos(range[0]);
  const end = lines.linePos(Math.max(...range));
  return {
    severity,
    code,
    params: params ?? {},
    line: Math.max(1, start.line),
    column: Math.max(1, start.col),
    endLine: Math.max(1, end.line),
    endColumn: Math.max(1, end.col),
  };
}

function findProblems(text: string, facts: CloudInitFacts): Finding[] {
  const plain = [...tooManyBytes(text, facts), ...badText(text)];
  if (text === "" || plain.some(({ severity }) => severity === "error")) return plain;
  const document = parseCloudInit(text);
  const broken = document.errors.map((error): Finding => ({
    ...{ severity: "error", code: "invalid_yaml" },
    params: { reason: error.message.split("\n")[0]?.replace(/ at line.*$/, "") ?? "" },
    range: error.pos,
  }));
  if (broken.length > 0) return broken;
  const shape = findShapeProblems(document, text);
  if (shape.some(({ severity }) => severity === "error")) return shape;
  return [...shape, ...(isMap(document.contents) ? findKeyProblems(document.contents, facts) : [])];
}

/** As text alone: what `yes` or 0644 mean is for the machine to say. */
export function parseCloudInit(text: string): Document.Parsed {
  return parseDocument(text, { uniqueKeys: true, version: "1.2", prettyErrors: true, schema: "failsafe" });
}

function tooManyBytes(text: string, { oneTimePassword }: CloudInitFacts): Finding[] {
  const bytes = bytesOf(text) + (oneTimePassword ? bytesOf(passwordLines) + 2 : 0);
  if (bytes <= cloudInitBytesMax) return [];
  const params = { bytes, maximum: cloudInitBytesMax };
  return [{ severity: "error", code: "cloud_init_too_long", params, range: [0, text.length] }];
}

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).byteLength;
}

/** What may stand in the text at all, before it is YAML. */
function badText(text: string): Finding[] {
  if (text === "") return [];
  const findings: Finding[] = [];
  if (!/^#cloud-config[ \t]*(?:\n|$)/.test(text)) {
    const end = text.indexOf("\n");
    const range: [number, number] = [0, end === -1 ? text.length : end];
    findings.push({ severity: "error", code: "cloud_config_head_missing", range });
  }
  const odd = oddCharacters.exec(text);
  if (odd !== null) {
    const codePoint = odd[0].codePointAt(0) ?? 0;
    const params = { character: `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}` };
    findings.push({ severity: "error", code: "odd_character", params, range: [odd.index, odd.index + 1] });
  }
  const variable = templateVariable.exec(text);
  if (variable !== null) {
    const range: [number, number] = [variable.index, variable.index + variable[0].length];
    findings.push({ severity: "error", code: "template_variable", params: { text: variable[0] }, range });
  }
  return findings;
}

/** Control and private characters, half surrogates, line breaks only YAML 1.1 knows, and marks that turn text around. */
const oddCharacters =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Surrogate}/u;

/** Jinja and workflow expressions: a template holds what every machine gets, word for word. */
const templateVariable = /\$?\{\{|\{%/;

/** What sets a machine's first password, to be changed at the first sign-in. */
export function chpasswdLines({ username, hash }: { username: string; hash: string }): string {
  const user = `- {name: ${quoted(username)}, password: ${quoted(hash)}, type: hash}`;
  return `chpasswd:\n  expire: true\n  users:\n  ${user}\n`;
}

/** A double-quoted scalar of plain ASCII, which YAML 1.1 and 1.2 read alike. */
export function quoted(text: string): string {
  const escaped = [...text].map((character) => {
    if (character === '"' || character === "\\") return `\\${character}`;
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint >= 0x20 && codePoint <= 0x7e) return character;
    if (codePoint <= 0xff) return `\\x${hexadecimal(codePoint, 2)}`;
    return codePoint <= 0xffff ? `\\u${hexadecimal(codePoint, 4)}` : `\\U${hexadecimal(codePoint, 8)}`;
  });
  return `"${escaped.join("")}"`;
}

function hexadecimal(codePoint: number, digits: number): string {
  return codePoint.toString(16).padStart(digits, "0");
}
