import { isScalar, visit } from "yaml";
import { parseCloudInit } from "@/lib/catalog/templates/cloud-init/rules";

const cryptHash = /\$(?:5|6|7|y|gy|2[aby])\$[^\s"'#,:\]}]+/g;
/** No password has this hash, so nobody signs in with one. */
const locked = "*";

/** Cloud-init without the hashes of passwords that all machines would share; the rest stays word for word. */
export function removePasswordHashes(text: string): { text: string; removed: number } {
  const whole = [...findWholeValues(text)].sort((one, other) => other.from - one.from);
  const cut = whole.reduce(
    (rest, { from, to }) => `${rest.slice(0, from)}"${locked}"${rest.slice(to)}`,
    text,
  );
  let within = 0;
  const cleaned = cut.replace(cryptHash, () => {
    within += 1;
    return locked;
  });
  return { text: cleaned, removed: whole.length + within };
}

/** Values on one line that are a hash and nothing else: `*` alone would be an alias, so these are quoted. */
function findWholeValues(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  visit(parseCloudInit(text), {
    Scalar(_key, node) {
      if (!isScalar(node) || typeof node.value !== "string" || !node.range) return;
      const [from, to] = node.range;
      const isLine = node.type !== "BLOCK_LITERAL" && node.type !== "BLOCK_FOLDED";
      if (isLine && isHash(node.value)) found.push({ from, to });
    },
  });
  return found;
}

function isHash(value: string): boolean {
  return value.replace(cryptHash, "") === "" && value !== "";
}
