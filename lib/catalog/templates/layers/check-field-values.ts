import { forbiddenOverrides } from "@/lib/catalog/forbidden-fields";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { readNewestFields } from "./read-newest-fields";
import { typeRefusals, type SettledFields } from "./rules";

/**
 * A requester's settled values against KubeVirt's newest fields; what a cluster does not know is matching's to say.
 * @throws VALIDATION_FAILED on fields.<path>, FORBIDDEN_FIELD
 */
export async function checkFieldValues(tx: Tx, overrides: SettledFields["overrides"]): Promise<void> {
  if (Object.keys(overrides).length === 0) return;
  const { root } = await readNewestFields(tx);
  const problems = typeRefusals(root, overrides);
  if (problems.length > 0) throw new AppError("VALIDATION_FAILED", {}, problems);
  const forbidden = forbiddenOverrides(overrides)[0];
  if (forbidden !== undefined) throw new AppError("FORBIDDEN_FIELD", { ...forbidden });
}
