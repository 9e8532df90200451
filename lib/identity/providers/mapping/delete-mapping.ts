import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { requireAdministratorReachable } from "../require-administrator-reachable";
import { cohortText } from "../rules";
import { lockProvider } from "../store";
import { refreshMappedPeople } from "./refresh-mapped-people";
import type { DeleteMapping } from "./schema";
import { lockMapping } from "./store";

/** The cohort gives the role no more; whoever holds it only through this loses it at once. */
export function deleteMapping(ctx: Context, { providerId, mappingId }: DeleteMapping): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "auth_provider:mapping_delete");
    await requireStepUp(tx, ctx, "grant_role");
    const provider = await lockProvider(tx, providerId);
    const before = await lockMapping(tx, { providerId, mappingId });
    await tx.externalCohortMapping.delete({ where: { id: mappingId }, select: { id: true } });
    const refreshed = await refreshMappedPeople(tx, ctx, { providerId, cohorts: [cohortText(before)] });
    await requireAdministratorReachable(tx);
    await recordAudit(tx, ctx, {
      action: "auth_provider.mapping_delete",
      resource: { type: "auth_provider", id: providerId, name: provider.name },
      details: { before, refreshed },
    });
  });
}
