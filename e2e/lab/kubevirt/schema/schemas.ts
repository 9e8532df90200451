import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Kind } from "../kinds";
import { kinds } from "../kinds";
import { nameOf } from "./name-of";

/** The part of an OpenAPI schema that Kubernetes uses for custom resources. */
export interface Schema {
  type?: "object" | "array" | "string" | "integer" | "number" | "boolean";
  description?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema;
  items?: Schema;
  maxItems?: number;
  format?: string;
  $ref?: string;
  "x-kubernetes-int-or-string"?: true;
  "x-kubernetes-preserve-unknown-fields"?: true;
  "x-kubernetes-list-type"?: "atomic" | "map" | "set";
  "x-kubernetes-list-map-keys"?: string[];
}

export type SchemaTable = Record<string, Schema>;

export class Schemas {
  readonly #table: SchemaTable;

  constructor(table: SchemaTable) {
    this.#table = table;
  }

  of(kind: Kind): Schema | undefined {
    return kind.declaration && this.#table[nameOf(kind.declaration)];
  }

  resolve(schema: Schema): Schema {
    if (schema.$ref === undefined) return schema;
    const target = this.#table[schema.$ref];
    if (!target) throw new Error(`no schema is called ${schema.$ref}`);
    return target;
  }
}

const loading = new Map<string, Promise<Schemas>>();

/** Reads the declarations of an installed package once and keeps the result in the temporary folder. */
export function loadSchemas(kubevirtVersion: string): Promise<Schemas> {
  const folder = declarationsFolder(kubevirtVersion);
  const known = loading.get(folder) ?? readSchemas(folder);
  loading.set(folder, known);
  return known;
}

async function readSchemas(folder: string): Promise<Schemas> {
  const cacheFile = join(tmpdir(), `kubevirt-lab-schemas-${fingerprint(folder)}.json`);
  if (existsSync(cacheFile)) {
    const table: SchemaTable = JSON.parse(readFileSync(cacheFile, "utf8"));
    return new Schemas(table);
  }
  // The TypeScript compiler takes a while to load and is needed only when there is no cached result.
  const { readDeclarations } = await import("./declarations");
  const roots = kinds.flatMap((kind) => (kind.declaration ? [kind.declaration] : []));
  const table = readDeclarations(folder, roots);
  const draft = `${cacheFile}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(table));
  renameSync(draft, cacheFile);
  return new Schemas(table);
}

/** The newest declarations there are for everything but a KubeVirt of before 1.6. */
function declarationsFolder(kubevirtVersion: string): string {
  const minor = Number(/^v?1\.(\d+)/.exec(kubevirtVersion)?.[1] ?? Infinity);
  const packageName = minor < 6 ? "kubevirt-api-1-5" : "@kubevirt-ui-ext/kubevirt-api";
  const entry = createRequire(import.meta.url).resolve(`${packageName}/kubevirt`);
  return dirname(dirname(entry));
}

function fingerprint(folder: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const hash = createHash("sha256");
  hash.update(readFileSync(join(folder, "..", "package.json")));
  for (const source of ["declarations.ts", "traits.ts", "../kinds.ts"])
    hash.update(readFileSync(join(here, source)));
  return hash.digest("hex").slice(0, 16);
}
