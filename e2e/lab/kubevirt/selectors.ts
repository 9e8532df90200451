import { badRequest } from "./failures";
import type { KubeObject } from "./objects";

export type Selector = (object: KubeObject) => boolean;

type LabelTest = (labels: Record<string, string>) => boolean;

export function parseSelectors(query: URLSearchParams): Selector | undefined {
  const byLabel = parseLabelSelector(query.get("labelSelector") ?? "");
  const byField = parseFieldSelector(query.get("fieldSelector") ?? "");
  if (!byLabel && !byField) return undefined;
  return (object) => (byLabel?.(object) ?? true) && (byField?.(object) ?? true);
}

function parseLabelSelector(text: string): Selector | undefined {
  const terms = splitOutsideParentheses(text);
  if (terms.length === 0) return undefined;
  const tests = terms.map(parseLabelTerm);
  return (object) => tests.every((test) => test(object.metadata.labels ?? {}));
}

function splitOutsideParentheses(text: string): string[] {
  return text
    .split(/,(?![^(]*\))/)
    .map((term) => term.trim())
    .filter(Boolean);
}

function parseLabelTerm(term: string): LabelTest {
  const set = /^([^\s!=]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(term);
  if (set) {
    const [, key = "", operator, list = ""] = set;
    const values = list.split(",").map((value) => value.trim());
    if (operator === "in") return (labels) => values.includes(labels[key] ?? "\0");
    return (labels) => !values.includes(labels[key] ?? "\0");
  }
  const comparison = /^([^\s!=]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(term);
  if (comparison) {
    const [, key = "", operator, value = ""] = comparison;
    return operator === "!=" ? (labels) => labels[key] !== value : (labels) => labels[key] === value;
  }
  if (/^![^\s!=]+$/.test(term)) return (labels) => !(term.slice(1) in labels);
  if (/^[^\s!=()]+$/.test(term)) return (labels) => term in labels;
  throw badRequest(`unable to parse requirement: found '${term}'`);
}

function parseFieldSelector(text: string): Selector | undefined {
  const tests = text.split(",").filter(Boolean).map(parseFieldTerm);
  if (tests.length === 0) return undefined;
  return (object) => tests.every((test) => test(object));
}

function parseFieldTerm(term: string): Selector {
  const found = /^([\w.]+)(==|=|!=)(.*)$/.exec(term);
  const [, field = "", operator, value = ""] = found ?? [];
  const read = fields[field];
  if (!found || !read) {
    throw badRequest(
      `Unable to find "${field || term}" that match field selector: field label not supported: ${field || term}`,
    );
  }
  return operator === "!=" ? (object) => read(object) !== value : (object) => read(object) === value;
}

const fields: Record<string, (object: KubeObject) => string> = {
  "metadata.name": (object) => object.metadata.name,
  "metadata.namespace": (object) => object.metadata.namespace ?? "",
  "involvedObject.name": (object) => involved(object, "name"),
  "involvedObject.namespace": (object) => involved(object, "namespace"),
  "involvedObject.kind": (object) => involved(object, "kind"),
  "involvedObject.uid": (object) => involved(object, "uid"),
};

function involved(object: KubeObject, member: string): string {
  const target: unknown = "involvedObject" in object ? object.involvedObject : undefined;
  const value = typeof target === "object" && target !== null ? Object.entries(target) : [];
  return String(value.find(([key]) => key === member)?.[1] ?? "");
}
