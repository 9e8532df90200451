import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { inTransaction } from "@/lib/core/transaction";
import { requireAdministratorReachable } from "../require-administrator-reachable";
import { cohortText } from "../rules";
import { lockProvider } from "../store";
import { refreshMappedPeople } from "./refresh-mapped-people";
import { alreadyMapped, placeOf } from "./rules";
import type { UpdateMapping } from "./schema";
import { lockMapping, requireMappable } from "./store";

/** Another role, place or set of environments for the same cohort. */
export async function updateMapping(ctx: Context, input: UpdateMapping): Promise<void> {
  const { providerId, mappingId, roleId } = input;
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "auth_provider:mapping_update");
      const provider = await lockProvider(tx, providerId);
      const before = await lockMapping(tx, { providerId, mappingId });
      await requireMappable(tx, ctx, input);
      await requireStepUp(tx, ctx, "grant_role");
      const after = {
        roleId,
        ...placeOf(input),
        allowedEnvironments: [...new Set(input.environments)].sort(),
      };
      await tx.externalCohortMapping.update({ where: { id: mappingId }, data: after, select: { id: true } });
      const refreshed = await refreshMappedPeople(tx, ctx, { providerId, cohorts: [cohortText(before)] });
      await requireAdministratorReachable(tx);
      await recordAudit(tx, ctx, {
        action: "auth_provider.mapping_update",
        resource: { type: "auth_provider", id: providerId, name: provider.name },
        details: { before, after, refreshed },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw alreadyMapped();
    throw error;
  }
}
