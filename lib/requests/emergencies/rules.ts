import { z } from "zod";
import { resourceRoles } from "@/lib/vocabulary/permissions";
import type { EmergencyDetail } from "./schema";

/** What a person was on a System before an emergency made them its admin. */
export const formerRole = z.union([
  z.strictObject({ role: z.null() }),
  z.strictObject({
    role: z.enum(resourceRoles),
    expiresAt: z.iso.datetime().nullable(),
    source: z.enum(["creator", "manual", "transfer", "request"]),
  }),
]);
export type FormerRole = { role: null } | { role: string; expiresAt: string | null; source: string };

interface ReviewFacts {
  personId: string;
  endedAt: Date | null;
  reviewedAt: Date | null;
}

/** Whoever acted never says that it was right, nor does a service account of theirs. */
export function refusalOfReview(
  emergency: ReviewFacts,
  reviewer: { id: string; ownerId: string | null; isPermitted: boolean },
): EmergencyDetail["refusal"] {
  if (emergency.reviewedAt !== null) return "reviewed";
  if ([reviewer.id, reviewer.ownerId].includes(emergency.personId)) return "own_emergency";
  if (!reviewer.isPermitted) return "permission";
  return emergency.endedAt === null ? "still_running" : null;
}
