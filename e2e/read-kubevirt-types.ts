import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { shortenDescription } from "@/lib/adapters/kubevirt/open-api-fields";
import type { BundledMinor } from "@/lib/catalog/fields/minors/rules";
import type { StoredField, StoredSchema } from "@/lib/catalog/fields/stored/schema";

/** KubeVirt's published types of each minor, as installed. */
const packages: Record<BundledMinor, string> = {
  "1.2": "node_modules/kubevirt-api-1-2/kubevirt/models",
  "1.3": "node_modules/kubevirt-api-1-3/kubevirt/models",
  "1.4": "node_modules/kubevirt-api-1-4/kubevirt/models",
  "1.5": "node_modules/kubevirt-api-1-5/dist/kubevirt/index.d.ts",
  "1.7": "node_modules/@kubevirt-ui-ext/kubevirt-api/dist/kubevirt/index.d.ts",
};
const root = path.resolve(import.meta.dirname, "..");
const rootType = "V1VirtualMachineSpec";
/** Kubernetes counts these in 64 bits; TypeScript calls every number a number. */
const wideIntegers = new Set(["terminationGracePeriodSeconds", "tolerationSeconds", "expirationSeconds"]);
/** What only controllers write, by the type that has it. */
const writtenByControllers: Record<string, string[]> = { V1DataVolumeTemplateSpec: ["status"] };
/** Some of the published types lack what is an integer or a name. */
const port: StoredField = { type: "string", format: "int-or-string", required: true };
const leftOut: Record<string, Record<string, StoredField>> = {
  K8sIoApiCoreV1HTTPGetAction: { port },
  K8sIoApiCoreV1TCPSocketAction: { port },
};
const quantityMaps = new Set(["requests", "limits"]);

interface Types {
  interfaces: Map<string, ts.InterfaceDeclaration>;
  choices: Map<string, string[]>;
}

/** Everything that an author of a VirtualMachine can write below `spec`, as the published types of a minor say. */
export function readKubevirtTypes(minor: BundledMinor): StoredSchema {
  const types = collectTypes(sourceFiles(path.join(root, packages[minor])));
  const shapes: StoredSchema["shapes"] = {};
  const waiting = [rootType];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const declaration = types.interfaces.get(name);
    if (shapes[name] !== undefined || declaration === undefined) continue;
    const shape = readShape(types, declaration, (reference) => waiting.push(reference));
    shapes[name] = shape;
  }
  return { root: { type: "object", ref: rootType }, shapes: sortByKey(shapes) };
}

function sourceFiles(place: string): ts.SourceFile[] {
  const files = fs.statSync(place).isDirectory()
    ? fs.readdirSync(place).map((name) => path.join(place, name))
    : [place];
  return files.map((file) =>
    ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true),
  );
}

function collectTypes(files: ts.SourceFile[]): Types {
  const types: Types = { interfaces: new Map(), choices: new Map() };
  for (const statement of files.flatMap((file) => [...file.statements])) {
    if (ts.isInterfaceDeclaration(statement)) types.interfaces.set(statement.name.text, statement);
    if (ts.isEnumDeclaration(statement)) types.choices.set(statement.name.text, enumValues(statement));
    if (ts.isVariableStatement(statement)) {
      for (const declaration of statement.declarationList.declarations) {
        const values = constantValues(declaration);
        if (values.length > 0) types.choices.set(declaration.name.getText(), values);
      }
    }
  }
  return types;
}

function enumValues(declaration: ts.EnumDeclaration): string[] {
  return declaration.members.flatMap(({ initializer }) =>
    initializer !== undefined && ts.isStringLiteral(initializer) ? [initializer.text] : [],
  );
}

/** The newer packages write `declare const XEnum: { readonly A: "A" }`. */
function constantValues({ name, type }: ts.VariableDeclaration): string[] {
  if (!name.getText().endsWith("Enum") || type === undefined || !ts.isTypeLiteralNode(type)) return [];
  return type.members.flatMap((member) => {
    if (!ts.isPropertySignature(member) || member.type === undefined || !ts.isLiteralTypeNode(member.type))
      return [];
    return ts.isStringLiteral(member.type.literal) ? [member.type.literal.text] : [];
  });
}

function readShape(
  types: Types,
  declaration: ts.InterfaceDeclaration,
  need: (name: string) => void,
): Record<string, StoredField> {
  const left = writtenByControllers[declaration.name.text] ?? [];
  const members = declaration.members.flatMap((member): [string, StoredField][] => {
    if (!ts.isPropertySignature(member) || member.type === undefined) return [];
    // The generator puts a line before words that JavaScript keeps for itself.
    const name = member.name
      .getText()
      .replace(/^["']|["']$/g, "")
      .replace(/^_/, "");
    if (left.includes(name)) return [];
    return [[name, readMember(types, { name, member, type: member.type }, need)]];
  });
  const restored = Object.entries(leftOut[declaration.name.text] ?? {});
  return sortByKey({ ...Object.fromEntries(restored), ...Object.fromEntries(members) });
}

interface Member {
  name: string;
  member: ts.PropertySignature;
  type: ts.TypeNode;
}

function readMember(types: Types, { name, member, type }: Member, need: (name: string) => void): StoredField {
  const comment = commentOf(member);
  // The machine's own labels and annotations; the rest of such metadata is the cluster's.
  if (name === "metadata") return metadataField(member);
  const field = refine(name, comment, readType(types, type, need));
  const description = shortenDescription(comment);
  return {
    ...field,
    ...(description === "" ? {} : { description }),
    ...(member.questionToken === undefined ? { required: true } : {}),
  };
}

function metadataField(member: ts.PropertySignature): StoredField {
  const required = member.questionToken === undefined ? { required: true as const } : {};
  return { type: "object", ...required };
}

/** Restores what TypeScript cannot say. */
function refine(name: string, comment: string, field: StoredField): StoredField {
  if (comment.startsWith("Quantity is a fixed-point")) return { type: "quantity" };
  if (comment.startsWith("IntOrString is a type") || (name === "port" && field.type === "string"))
    return { type: "string", format: "int-or-string" };
  const isBare = field.type === "map" || (field.type === "object" && field.ref === undefined);
  if (quantityMaps.has(name) && isBare) return { type: "map", items: { type: "quantity" } };
  if (field.type === "integer" && wideIntegers.has(name))
    return { ...field, maximum: Number.MAX_SAFE_INTEGER };
  return field;
}

function readType(types: Types, type: ts.TypeNode, need: (name: string) => void): StoredField {
  if (ts.isArrayTypeNode(type)) return { type: "array", items: readType(types, type.elementType, need) };
  if (ts.isTypeReferenceNode(type)) return readReference(types, type, need);
  if (ts.isTypeLiteralNode(type)) {
    const index = type.members.find(ts.isIndexSignatureDeclaration);
    return index ? { type: "map", items: readType(types, index.type, need) } : { type: "object" };
  }
  switch (type.kind) {
    case ts.SyntaxKind.NumberKeyword:
      return { type: "integer" };
    case ts.SyntaxKind.BooleanKeyword:
      return { type: "boolean" };
    case ts.SyntaxKind.ObjectKeyword:
      return { type: "object", children: {} };
    case ts.SyntaxKind.StringKeyword:
      return { type: "string" };
    default:
      throw new Error(`no field is written as ${type.getText()}`);
  }
}

function readReference(types: Types, type: ts.TypeReferenceNode, need: (name: string) => void): StoredField {
  const name = type.typeName.getText();
  const [argument] = type.typeArguments ?? [];
  if ((name === "Array" || name === "Set") && argument)
    return { type: "array", items: readType(types, argument, need) };
  if (name === "Date") return { type: "string" };
  const options = types.choices.get(name);
  if (options !== undefined) return { type: "enum", options };
  if (!types.interfaces.has(name)) throw new Error(`nothing declares ${name}`);
  need(name);
  return { type: "object", ref: name };
}

function commentOf(member: ts.PropertySignature): string {
  const [comment] = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comment?.comment)?.trim() ?? "";
}

function sortByKey<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([first], [second]) => (first < second ? -1 : 1)));
}
