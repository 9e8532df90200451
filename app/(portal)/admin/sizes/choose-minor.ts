import type { FieldSchemaRow } from "@/lib/catalog/fields/schema";

/** The newest KubeVirt that a cluster runs, because its fields include the older ones'; undefined before there is any. */
export function chooseMinor(schemas: readonly FieldSchemaRow[]): string | undefined {
  return schemas.findLast(({ clusters }) => clusters.length > 0)?.minor;
}
