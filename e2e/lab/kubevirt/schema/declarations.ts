import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import type { Declaration } from "../kinds";
import type { Schema, SchemaTable } from "./schemas";
import { nameOf } from "./name-of";
import { refine } from "./traits";

interface Source {
  from: Declaration["from"];
  interfaces: Map<string, ts.InterfaceDeclaration>;
  /** Property names that the generator had to change, with the name on the wire. */
  wireNames: Map<string, string>;
}

/** Turns the interfaces reachable from the roots into schemas. */
export function readDeclarations(folder: string, roots: Declaration[]): SchemaTable {
  const table: SchemaTable = {};
  for (const from of new Set(roots.map((root) => root.from))) {
    const source = readSource(folder, from);
    const waiting = roots.filter((root) => root.from === from).map((root) => root.name);
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      const key = nameOf({ from, name });
      const declaration = source.interfaces.get(name);
      if (table[key] || !declaration) continue;
      table[key] = readInterface(source, declaration, (reference) => waiting.push(reference));
    }
  }
  return table;
}

function readSource(folder: string, from: Declaration["from"]): Source {
  const text = readFileSync(join(folder, from, "index.d.ts"), "utf8");
  const file = ts.createSourceFile(`${from}.d.ts`, text, ts.ScriptTarget.Latest, true);
  const interfaces = new Map<string, ts.InterfaceDeclaration>();
  for (const statement of file.statements) {
    if (ts.isInterfaceDeclaration(statement)) interfaces.set(statement.name.text, statement);
  }
  return { from, interfaces, wireNames: readWireNames(join(folder, from, "index.js")) };
}

// The generated reader of each type says `name: exists(json, "wire name")`, in the minified bundle too.
function readWireNames(file: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const [, name = "", wire = ""] of readFileSync(file, "utf8").matchAll(/\b(\w+):\w+\(e,"([^"]+)"\)/g)) {
    if (name !== wire) names.set(name, wire);
  }
  return names;
}

function readInterface(
  source: Source,
  declaration: ts.InterfaceDeclaration,
  need: (name: string) => void,
): Schema {
  const properties: Record<string, Schema> = {};
  const required: string[] = [];
  for (const member of declaration.members) {
    if (!ts.isPropertySignature(member) || !member.type) continue;
    const written = member.name.getText().replace(/^["']|["']$/g, "");
    const name = source.wireNames.get(written) ?? written;
    const description = descriptionOf(member);
    const schema = readType(source, member.type, need);
    properties[name] = refine(name, description, description === "" ? schema : { ...schema, description });
    if (!member.questionToken) required.push(name);
  }
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}

function readType(source: Source, type: ts.TypeNode, need: (name: string) => void): Schema {
  if (ts.isTypeLiteralNode(type))
    return { type: "object", additionalProperties: readIndex(source, type, need) };
  if (ts.isArrayTypeNode(type)) return { type: "array", items: readType(source, type.elementType, need) };
  if (ts.isTypeReferenceNode(type)) return readReference(source, type, need);
  if (type.kind === ts.SyntaxKind.NumberKeyword) return { type: "integer" };
  if (type.kind === ts.SyntaxKind.BooleanKeyword) return { type: "boolean" };
  if (type.kind === ts.SyntaxKind.ObjectKeyword) return { type: "object" };
  if (type.kind === ts.SyntaxKind.AnyKeyword) return { "x-kubernetes-preserve-unknown-fields": true };
  return { type: "string" };
}

function readIndex(source: Source, literal: ts.TypeLiteralNode, need: (name: string) => void): Schema {
  const index = literal.members.find(ts.isIndexSignatureDeclaration);
  return index ? readType(source, index.type, need) : { "x-kubernetes-preserve-unknown-fields": true };
}

function readReference(source: Source, type: ts.TypeReferenceNode, need: (name: string) => void): Schema {
  const name = type.typeName.getText();
  const [argument] = type.typeArguments ?? [];
  if (name === "Array" && argument) return { type: "array", items: readType(source, argument, need) };
  if (name === "Date") return { type: "string", format: "date-time" };
  // Every other name that is no interface is a list of allowed strings.
  if (!source.interfaces.has(name)) return { type: "string" };
  need(name);
  return { $ref: nameOf({ from: source.from, name }) };
}

function descriptionOf(member: ts.PropertySignature): string {
  const comments = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comments[0]?.comment)?.trim() ?? "";
}
