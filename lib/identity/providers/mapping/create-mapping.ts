import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { cohortText } from "../rules";
import { lockProvider } from "../store";
import { refreshMappedPeople } from "./refresh-mapped-people";
import { alreadyMapped, placeOf } from "./rules";
import type { CreateMapping } from "./schema";
import { requireMappable } from "./store";

/** Whoever is in the cohort holds the role from now on; people who are known to be in it hold it at once. */
export async function createMapping(ctx: Context, input: CreateMapping): Promise<{ id: string }> {
  const id = newId();
  const { providerId, kind, key, roleId } = input;
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "auth_provider:mapping_create");
      const provider = await lockProvider(tx, providerId);
      const role = await requireMappable(tx, ctx, input);
      await requireStepUp(tx, ctx, "grant_role");
      const allowedEnvironments = [...new Set(input.environments)].sort();
      await tx.externalCohortMapping.create({
        data: {
          ...{ id, providerId, kind, key, roleId, allowedEnvironments },
          ...placeOf(input),
          createdBy: actorId(ctx.actor),
        },
        select: { id: true },
      });
      const refreshed = await refreshMappedPeople(tx, ctx, { providerId, cohorts: [cohortText(input)] });
      await recordAudit(tx, ctx, {
        action: "auth_provider.mapping_create",
        resource: { type: "auth_provider", id: providerId, name: provider.name },
        details: {
          ...{ mappingId: id, kind, key, roleId, roleName: role.displayName, refreshed },
          ...{ systemId: input.systemId, environments: allowedEnvironments },
        },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error)) throw alreadyMapped();
    throw error;
  }
  return { id };
}
