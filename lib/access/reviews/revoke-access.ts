import { authorize } from "@/lib/access/authorize";
import { removeMember } from "@/lib/access/members/remove-member";
import { revokeRole } from "@/lib/access/revoke-role";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { ReviewedAccess } from "./schema";
import { readReviewed } from "./store";

/** Takes one line of the review away, by the rules of whoever gives it. */
export async function revokeAccess(ctx: Context, input: ReviewedAccess): Promise<void> {
  // Who may not take platform roles away does not learn which there are.
  if (input.kind === "role") await authorize(db(), ctx, "rbac:manage");
  const reviewed = await readReviewed(db(), input);
  if (reviewed.kind === "role") return revokeRole(ctx, { bindingId: input.id });
  const { systemId, resourceType, resourceId, userId } = reviewed;
  return removeMember(ctx, { systemId, resourceType, resourceId, userId });
}
