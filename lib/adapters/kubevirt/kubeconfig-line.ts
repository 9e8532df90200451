import { isMap, isNode, isScalar, isSeq, LineCounter, parseAllDocuments } from "yaml";
import { hasTooManyMarks } from "./kubeconfig-text";

const textLengthMax = 256 * 1024;

/** The line, from 1, on which a path of a kubeconfig stands, or the first that cannot be read; null where neither is known. */
export function findKubeconfigLine(text: string, path: string): number | null {
  if (text.length > textLengthMax || hasTooManyMarks(text)) return null;
  try {
    const lines = new LineCounter();
    const [document] = parseAllDocuments(text, {
      lineCounter: lines,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: "silent",
    });
    if (document === undefined || !("errors" in document)) return null;
    const offset = path === "" ? document.errors[0]?.pos[0] : offsetOf(document.contents, stepsOf(path));
    return offset === undefined ? null : lines.linePos(offset).line;
  } catch {
    // What is nested too deeply for the reader has no line either.
    return null;
  }
}

function stepsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== "");
}

/** Where the last step that exists begins: what is missing is missed in its parent. */
function offsetOf(root: unknown, steps: string[]): number | undefined {
  let node = root;
  let offset = startOf(root);
  for (const step of steps) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
      if (pair === undefined) return offset;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = startOf(node) ?? offset;
    } else return offset;
  }
  return offset;
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
