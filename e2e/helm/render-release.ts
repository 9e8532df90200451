import { parse } from "yaml";
import { parseTemplate, type Node } from "./template/parse-template";
import { runTemplate } from "./template/run-template";

/** A chart's files by their path within it. */
export type ChartFiles = ReadonlyMap<string, string>;

export interface Release {
  name: string;
  namespace: string;
  /** Laid over the chart's own, objects member by member. */
  values: Record<string, unknown>;
}

/** What `helm template` writes, by a reading of Go's templates that is not Helm's. */
export function renderRelease(files: ChartFiles, release: Release): Map<string, string> {
  const sources = [...files].filter(([path]) => path.startsWith("templates/"));
  const parsed = sources.map(([path, text]) => ({ path, template: parseTemplate(text) }));
  const defined = new Map<string, Node[]>(parsed.flatMap(({ template }) => [...template.defined]));
  const root = {
    Values: merge(valuesOf(files), release.values),
    Release: { Name: release.name, Namespace: release.namespace, Service: "Helm" },
    Chart: Object.fromEntries(
      Object.entries(parseYaml(files.get("Chart.yaml") ?? "")).map(([key, value]) => [
        key.charAt(0).toUpperCase() + key.slice(1),
        value,
      ]),
    ),
  };
  return new Map(
    parsed
      .filter(({ path }) => !path.endsWith(".tpl"))
      .map(({ path, template }) => [path, runTemplate(template, defined, root)]),
  );
}

export function valuesOf(files: ChartFiles): Record<string, unknown> {
  return parseYaml(files.get("values.yaml") ?? "");
}

/** As Kubernetes and Helm read it. */
export function parseYaml(text: string): Record<string, unknown> {
  const value: unknown = parse(text, { version: "1.1", uniqueKeys: true, merge: false });
  return isObject(value) ? value : {};
}

function merge(base: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return merged;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
