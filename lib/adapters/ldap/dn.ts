/** The parts of a DN from the entry upwards, split at commas that are not escaped (RFC 4514). */
export function splitDn(dn: string): string[] {
  const parts = dn.match(/(?:\\.|[^\\,])+/gs) ?? [];
  return parts.map((part) => part.trim());
}

/** Whether two names are spelled for the same entry or one above the other; letters' case does not count. */
export function isBelow(dn: string, baseDn: string): boolean {
  const parts = splitDn(dn).map(spelling);
  const base = splitDn(baseDn).map(spelling);
  return base.length <= parts.length && base.every((part, index) => part === parts.at(index - base.length));
}

/** The value of that attribute in the entry's own name, or null. */
export function valueInDn(dn: string, attribute: string): string | null {
  const [own = ""] = splitDn(dn);
  for (const pair of own.match(/(?:\\.|[^\\+])+/gs) ?? []) {
    const at = pair.indexOf("=");
    if (at > 0 && pair.slice(0, at).trim().toLowerCase() === attribute.toLowerCase())
      return unescapeDnValue(pair.slice(at + 1).trim());
  }
  return null;
}

function spelling(part: string): string {
  return part
    .replace(/\s*=\s*/, "=")
    .replace(/\s+/g, " ")
    .toLowerCase();
}

function unescapeDnValue(value: string): string {
  const bytes = value.replace(/((?:\\[0-9a-f]{2})+)/gi, (escaped) =>
    Buffer.from(escaped.replaceAll("\\", ""), "hex").toString("utf8"),
  );
  return bytes.replace(/\\(.)/gs, "$1");
}
