import { isAlias, isMap, isNode, isScalar, isSeq, parseAllDocuments } from "yaml";
import type { Document, Node } from "yaml";
import { refuse } from "./kubeconfig-refusal";

const textBytesMax = 256 * 1024;
const depthMax = 12;
const nodesMax = 5_000;
/** Marks that make nodes; certificates and keys, the bulk of a kubeconfig, have none of them. */
const marksMax = 4_000;
const poisonKeys = new Set(["__proto__", "constructor", "prototype"]);

/** YAML or JSON text to plain values: one document, no aliases, no tags, no merge keys, unique string keys. */
export function readKubeconfigText(text: string): unknown {
  if (Buffer.byteLength(text) > textBytesMax) refuse("too-large");
  if (hasTooManyMarks(text)) refuse("too-many-nodes");
  const document = parseOneDocument(text);
  checkDirectives(document);
  checkNode(document.contents, "", { depth: 0, nodes: { count: 0 } });
  return document.toJS({ maxAliasCount: 0 });
}

/** Told without reading it as YAML, whose reader takes long over much. */
export function hasTooManyMarks(text: string): boolean {
  return (text.match(/[:,\n!&*]/g) ?? []).length > marksMax;
}

function parseOneDocument(text: string): Document.Parsed {
  const documents = parseDocuments(text);
  if (!Array.isArray(documents)) return refuse("not-yaml");
  if (documents.length > 1) refuse("several-documents");
  const document = documents[0];
  if (!document) return refuse("not-yaml");
  const error = document.errors[0];
  if (error?.code === "NON_STRING_KEY") refuse("non-string");
  if (error?.code === "RESOURCE_EXHAUSTION") refuse("too-deep");
  if (error) refuse("not-yaml");
  if (document.warnings.length > 0) refuse("custom-tag");
  return document;
}

function parseDocuments(text: string) {
  try {
    return parseAllDocuments(text, {
      schema: "core",
      version: "1.2",
      merge: false,
      strict: true,
      stringKeys: true,
      // The reader compares each key with all before it; checkNode does so at once.
      uniqueKeys: false,
      resolveKnownTags: false,
      prettyErrors: false,
      logLevel: "silent",
    });
  } catch {
    // The YAML reader recurses, so what gets past its own limit of nesting ends here as a stack overflow.
    return refuse("too-deep");
  }
}

// A %YAML 1.1 directive would bring merge keys and "yes" as a boolean back.
function checkDirectives(document: Document.Parsed) {
  const { yaml, tags } = document.directives;
  if (yaml.explicit || Object.keys(tags).length > 1) refuse("directive");
}

interface Budget {
  depth: number;
  nodes: { count: number };
}

function checkNode(node: unknown, path: string, budget: Budget): void {
  if (!isNode(node)) return;
  budget.nodes.count += 1;
  if (budget.nodes.count > nodesMax) refuse("too-many-nodes", path);
  if (budget.depth > depthMax) refuse("too-deep", path);
  checkForm(node, path);
  const inner = { depth: budget.depth + 1, nodes: budget.nodes };
  if (isSeq(node)) node.items.forEach((item, index) => checkNode(item, `${path}[${index}]`, inner));
  if (isMap(node)) {
    const known = new Set<string>();
    for (const pair of node.items) {
      const key = checkKey(pair.key, path);
      if (known.has(key)) refuse("duplicate-key", key);
      known.add(key);
      checkNode(pair.value, key, inner);
    }
  }
}

function checkForm(node: Node, path: string) {
  if (isAlias(node)) refuse("alias", path);
  if ("anchor" in node && node.anchor) refuse("alias", path);
  // The reader leaves the tag unset unless one is written down.
  if (node.tag !== undefined) refuse("custom-tag", path);
}

function checkKey(key: unknown, path: string): string {
  const name = isScalar(key) ? key.value : key;
  if (typeof name !== "string") return refuse("non-string", path);
  if (isNode(key)) checkForm(key, path);
  const inner = path === "" ? name : `${path}.${name}`;
  if (name === "<<") refuse("merge-key", inner);
  if (poisonKeys.has(name)) refuse("unknown-key", inner);
  return inner;
}
