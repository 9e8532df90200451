import { createSizeInput } from "@/lib/catalog/sizes/schema";
import type { SizePreview } from "@/lib/vms/size-preview/schema";
import { wirePath } from "./wire-case";

/** A preview lists refused fields as an answer, so their names are the wire's like those of an error. */
export function nameWireFields(preview: SizePreview): SizePreview {
  const problems = preview.problems.map((problem) => ({
    ...problem,
    field: problem.field === null ? null : wirePath(createSizeInput, problem.field.split(".")).join("."),
  }));
  return { ...preview, problems };
}
