import { isAlias, isCollection, isMap, isNode, isScalar, visit, type Document, type Node } from "yaml";
import type { Finding } from "../keys/rules";

const depthMax = 16;
const nodesMax = 1_000;

/** What of YAML cloud-init may use: block mappings of plain values, nothing that repeats, refers or names a type. */
export function findShapeProblems(document: Document.Parsed, text: string): Finding[] {
  const { contents } = document;
  const whole: [number, number] = [0, text.length];
  const marker = /^(?:\.\.\.|%)/m.exec(text);
  if (marker !== null) return [error("document_marker", [marker.index, marker.index + 3])];
  if (contents === null || (isScalar(contents) && contents.value === "")) return [];
  if (!isMap(contents)) return [error("not_a_mapping", rangeOf(contents) ?? whole)];
  if (contents.flow === true) return [error("flow_mapping", rangeOf(contents) ?? whole)];
  return walk(document);
}

function walk(document: Document.Parsed): Finding[] {
  const findings: Finding[] = [];
  let nodes = 0;
  visit(document, {
    Node: (key, node, path) => {
      nodes += 1;
      if (nodes > nodesMax)
        return stop(findings, error("too_many_nodes", rangeOf(node), { maximum: nodesMax }));
      const depth = path.filter(isCollection).length;
      if (depth > depthMax) return stop(findings, error("too_deep", rangeOf(node), { maximum: depthMax }));
      findings.push(...judge(node, key === "key"));
      return undefined;
    },
  });
  return findings;
}

function stop(findings: Finding[], finding: Finding): symbol {
  findings.push(finding);
  return visit.BREAK;
}

function judge(node: Node, isKey: boolean): Finding[] {
  const range = rangeOf(node);
  if (isAlias(node)) return [error("alias", range)];
  if (node.anchor !== undefined) return [error("alias", range)];
  if (node.tag !== undefined) return [error("tag", range, { tag: node.tag })];
  if (isKey) return judgeKey(node, range);
  // cloud-init's own reader stops at these two where they stand bare.
  const isBare = isScalar(node) && node.type === "PLAIN" && (node.value === "=" || node.value === "<<");
  return isBare ? [error("bare_sign", range, { sign: String(node.value) })] : [];
}

/** They name the machinery of JavaScript objects, and no key of cloud-init. */
const poisonedKeys = ["__proto__", "constructor", "prototype"];

function judgeKey(node: Node, range: [number, number]): Finding[] {
  if (!isScalar(node) || typeof node.value !== "string" || node.value === "")
    return [error("odd_key", range)];
  if (node.value === "=" && node.type === "PLAIN") return [error("bare_sign", range, { sign: "=" })];
  if (node.value === "<<") return [error("merge_key", range)];
  return poisonedKeys.includes(node.value) ? [error("odd_key", range)] : [];
}

function rangeOf(node: unknown): [number, number] {
  const range = isNode(node) ? node.range : null;
  return range ? [range[0], range[1]] : [0, 0];
}

function error(code: string, range: [number, number], params: Finding["params"] = {}): Finding {
  return { severity: "error", code, params, range };
}
