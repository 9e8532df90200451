import { bundledMinors } from "@/lib/catalog/fields/minors/rules";
import { readFieldSchema } from "@/lib/catalog/fields/read-field-schema";
import type { FieldSchema } from "@/lib/catalog/fields/schema";
import type { Tx } from "@/lib/core/transaction";

/** What templates are judged by; a cluster that knows fewer fields is left out when a request is matched. */
export function readNewestFields(tx: Tx): Promise<FieldSchema> {
  return readFieldSchema(tx, bundledMinors[bundledMinors.length - 1] ?? "");
}
