import { z } from "zod";
import { isObject, parseYaml, renderRelease, valuesOf, type ChartFiles } from "./render-release";

const needed = [
  "Chart.yaml",
  "values.yaml",
  "values.schema.json",
  "templates/NOTES.txt",
  "templates/_helpers.tpl",
];
const known =
  /^(?:Chart\.yaml|values\.yaml|values\.schema\.json|README\.md|\.helmignore|templates\/[\w.-]+\.(?:yaml|tpl|txt))$/;
const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;
const semanticVersion = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$/;

const metadata = z.strictObject({
  apiVersion: z.literal("v2"),
  name: z.string().max(250).regex(label, "not lower case letters, digits and dashes"),
  description: z.string().min(1),
  type: z.literal("application"),
  version: z.string().regex(semanticVersion, "no semantic version"),
  appVersion: z.string().min(1),
  keywords: z.array(z.string()).optional(),
});

/** What `helm lint --strict` would find, and what Kubernetes would say to the names. */
export function lintChart(folder: string, files: ChartFiles): string[] {
  return [
    ...lintFiles(files),
    ...lintMetadata(folder, files),
    ...lintValues(files),
    ...lintUse(files),
    ...lintOutput(files),
  ];
}

function lintFiles(files: ChartFiles): string[] {
  const missing = needed.filter((path) => !files.has(path)).map((path) => `${path} is missing`);
  const strange = [...files.keys()]
    .filter((path) => !known.test(path))
    .map((path) => `${path} is no file of a chart`);
  const tabs = [...files]
    .filter(([path, text]) => path !== "values.yaml" && text.includes("\t"))
    .map(([path]) => `${path} has a tab`);
  const ends = [...files]
    .filter(([, text]) => !text.endsWith("\n"))
    .map(([path]) => `${path} ends within a line`);
  return [...missing, ...strange, ...tabs, ...ends];
}

function lintMetadata(folder: string, files: ChartFiles): string[] {
  const chart = parseYaml(files.get("Chart.yaml") ?? "");
  const parsed = metadata.safeParse(chart);
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `Chart.yaml: ${path.join(".")}: ${message}`);
  return chart["name"] === folder
    ? wrong
    : [...wrong, `Chart.yaml: ${String(chart["name"])} is in ${folder}`];
}

/** Helm refuses values outside the schema before it renders anything. */
export function lintValues(files: ChartFiles, over: Record<string, unknown> = {}): string[] {
  // The file is JSON; whether it is a schema is what fromJSONSchema finds out.
  const schema: Parameters<typeof z.fromJSONSchema>[0] = JSON.parse(files.get("values.schema.json") ?? "{}");
  const parsed = z.fromJSONSchema(schema).safeParse({ ...valuesOf(files), ...over });
  if (parsed.success) return [];
  return parsed.error.issues.map(({ path, message }) => `values.yaml: ${path.join(".")}: ${message}`);
}

/** A value that no template asks for misleads, and one that is asked for and absent renders as nothing. */
function lintUse(files: ChartFiles): string[] {
  const text = [...files]
    .filter(([path]) => path.startsWith("templates/"))
    .map(([, source]) => source)
    .join("\n");
  const used = new Set([...text.matchAll(/\.Values\.([A-Za-z][\w.]*)/g)].map(([, path = ""]) => path));
  const given = new Set(leavesOf(valuesOf(files)));
  return [
    ...[...used].filter((path) => !given.has(path)).map((path) => `.Values.${path} has no default`),
    ...[...given]
      .filter((path) => !used.has(path))
      .map((path) => `values.yaml: ${path} is used by no template`),
  ];
}

/** Two levels deep: a value is a member of the root or of a group. */
function leavesOf(values: Record<string, unknown>): string[] {
  return Object.entries(values).flatMap(([key, value]) =>
    isObject(value) && Object.keys(value).length > 0
      ? Object.keys(value).map((inner) => `${key}.${inner}`)
      : [key],
  );
}

function lintOutput(files: ChartFiles): string[] {
  try {
    const output = renderRelease(files, { name: "lint", namespace: "default", values: {} });
    return [...output]
      .filter(([path]) => path.endsWith(".yaml"))
      .flatMap(([path, text]) => lintObject(path, text));
  } catch (error) {
    return [`templates do not render: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function lintObject(path: string, text: string): string[] {
  const { apiVersion, kind, metadata: head } = parseYaml(text);
  if (typeof apiVersion !== "string" || typeof kind !== "string") return [`${path}: no object of Kubernetes`];
  const name = isObject(head) ? head["name"] : undefined;
  const isName = typeof name === "string" && name.length <= 63 && label.test(name);
  return isName ? [] : [`${path}: ${String(name)} is no name`];
}
