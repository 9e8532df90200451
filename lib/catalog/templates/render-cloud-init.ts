import { isMap, isScalar, type YAMLMap } from "yaml";
import { AppError } from "@/lib/core/errors";
import { bytesOf, chpasswdLines, cloudInitBytesMax, parseCloudInit, quoted } from "./cloud-init/rules";

interface RenderedParts {
  cloudInit: string;
  hostname?: string;
  initialPassword: { username: string; hash: string } | null;
}

/**
 * The user data of one machine: the template's text word for word, and what is the machine's own below it.
 * @throws TEMPLATE_SPEC_VIOLATION where the text says already what would be added, or has grown too long
 */
export function renderCloudInit({ cloudInit, hostname, initialPassword }: RenderedParts): string {
  const lines = [
    ...(hostname === undefined ? [] : [`hostname: ${quoted(hostname)}\n`]),
    ...(initialPassword === null ? [] : [chpasswdLines(initialPassword)]),
  ];
  if (lines.length === 0) return cloudInit;
  const whole = cloudInit === "" ? `#cloud-config\n${lines.join("")}` : append(cloudInit, lines.join(""));
  const bytes = bytesOf(whole);
  if (bytes > cloudInitBytesMax) {
    throw new AppError("TEMPLATE_SPEC_VIOLATION", { path: "cloudInit", bytes, maximum: cloudInitBytesMax });
  }
  return whole;
}

function append(text: string, lines: string): string {
  const { contents } = parseCloudInit(text);
  if (contents !== null && !isMap(contents) && !isEmpty(contents)) throw violation("cloudInit");
  const added = parseCloudInit(lines).contents;
  const known = isMap(contents) ? keysOf(contents) : [];
  const twice = isMap(added) ? keysOf(added).find((key) => known.includes(key)) : undefined;
  if (twice !== undefined) throw violation(`cloudInit.${twice}`);
  const indent = isMap(contents) ? indentOf(text, contents) : "";
  const body = text.endsWith("\n") ? text : `${text}\n`;
  return body + lines.replace(/^(?=.)/gm, indent);
}

function isEmpty(contents: unknown): boolean {
  return isScalar(contents) && (contents.value === null || contents.value === "");
}

function keysOf(map: YAMLMap): string[] {
  return map.items.map(({ key }) => String(isScalar(key) ? key.value : key));
}

/** A block mapping may stand indented as a whole; what joins it stands in the same column. */
function indentOf(text: string, map: YAMLMap): string {
  if (map.flow === true) throw violation("cloudInit");
  const start = map.range?.[0] ?? 0;
  return " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
}

function violation(path: string): AppError {
  return new AppError("TEMPLATE_SPEC_VIOLATION", { path });
}
