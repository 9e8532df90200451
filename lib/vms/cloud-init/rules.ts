import { isMap, isScalar, parseDocument, visit, type Pair, type YAMLMap } from "yaml";

const hidden = "••••••••";
const secretName = /passw|passphrase|secret|token|private|credential|api[-_]?key|hash/i;
const secretText = /PRIVATE KEY-----|passw|secret|token/i;

/**
 * A first-start configuration without what nobody needs to read again. What is no YAML, such as a script, cannot be told
 * apart and is not shown at all: null.
 */
export function hideSecrets(cloudInit: string): string | null {
  if (cloudInit.trim() === "") return "";
  const document = parseDocument(cloudInit);
  if (document.errors.length > 0 || !isMap(document.contents)) return null;
  visit(document, {
    Pair: (_, pair) => {
      if (!isSecret(pair)) return undefined;
      pair.value = document.createNode(hidden);
      return visit.SKIP;
    },
    Map: (_, map) => hideContent(map),
    // A hash or a quoted key in a list is no pair.
    Scalar: (_, scalar) => {
      if (typeof scalar.value === "string" && /PRIVATE KEY-----|^\$[156y]\$/.test(scalar.value))
        scalar.value = hidden;
    },
  });
  return document.toString();
}

/** chpasswd holds names with their passwords in any of its shapes. */
function isSecret({ key }: Pair): boolean {
  if (!isScalar(key) || typeof key.value !== "string") return false;
  return key.value === "chpasswd" || secretName.test(key.value);
}

/** A file that is written: its name or its text may say that it is secret. */
function hideContent(map: YAMLMap): void {
  const path = map.get("path");
  const content = map.get("content");
  if (typeof path !== "string" || typeof content !== "string") return;
  if (secretName.test(path) || secretText.test(content)) map.set("content", hidden);
}
