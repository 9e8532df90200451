/** Stand for the two words that a machine's own names are made of, until Helm puts its own in their place. */
export const machineName = "name-of-the-exported-machine";
export const machineNamespace = "namespace-of-the-exported-machine";

const plain = /^[A-Za-z][A-Za-z0-9._/-]*$/;
/** What YAML 1.1, which Kubernetes reads, takes for a switch or nothing. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i;
const bothNames = new RegExp(`${machineNamespace}|${machineName}`, "g");

/** A scalar of the manifest as text of a template. */
export function renderScalar(value: unknown, chartName: string): string {
  if (typeof value !== "string") return JSON.stringify(value);
  if (value === machineName) return `{{ include "${chartName}.name" . | quote }}`;
  if (value === machineNamespace) return "{{ .Release.Namespace | quote }}";
  const names = [...value.matchAll(bothNames)].map(([found]) =>
    found === machineName ? `(include "${chartName}.name" .)` : ".Release.Namespace",
  );
  if (names.length === 0) return renderText(value);
  const format = quoted(value.replaceAll("%", "%%").replace(bothNames, "%s"));
  return `{{ printf ${format} ${names.join(" ")} | quote }}`;
}

/** A key as text of a template. */
export function renderKey(key: string): string {
  return renderText(key);
}

function renderText(text: string): string {
  if (plain.test(text) && !reserved.test(text)) return text;
  // Two braces are the template's own; a string within its braces may hold them.
  return text.includes("{{") ? `{{ ${quoted(text)} | quote }}` : quoted(text);
}

/** A string that JSON, YAML and Go read alike. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
