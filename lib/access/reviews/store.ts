import type { ResourceType } from "@/lib/access/members/schema";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import type { ReviewedAccess } from "./schema";

interface ReviewedRole {
  kind: "role";
  userId: string;
  role: string;
  systemId: string | null;
}

interface ReviewedMember {
  kind: "member";
  userId: string;
  role: ResourceRole;
  systemId: string;
  resourceType: ResourceType;
  resourceId: string;
}

export type Reviewed = ReviewedRole | ReviewedMember;

/** One line of the review; where a System is named it has to be the line's own. */
export async function readReviewed(tx: Tx, input: ReviewedAccess): Promise<Reviewed> {
  const reviewed =
    input.kind === "role" ? await readRoleLine(tx, input.id) : await readMemberLine(tx, input.id);
  if (reviewed === null || (input.systemId !== undefined && reviewed.systemId !== input.systemId)) {
    throw new AppError("RESOURCE_NOT_FOUND");
  }
  return reviewed;
}

async function readRoleLine(tx: Tx, id: string): Promise<ReviewedRole | null> {
  const rows = await tx.$queryRaw<Omit<ReviewedRole, "kind">[]>`
    SELECT user_id AS "userId", role_id AS role, scope_id AS "systemId" FROM role_bindings
    WHERE id = ${id}`;
  return rows[0] === undefined ? null : { ...rows[0], kind: "role" };
}

async function readMemberLine(tx: Tx, id: string): Promise<ReviewedMember | null> {
  const rows = await tx.$queryRaw<Omit<ReviewedMember, "kind">[]>`
    SELECT m.user_id AS "userId", m.role, m.resource_type AS "resourceType", m.resource_id AS "resourceId",
      CASE m.resource_type WHEN 'system' THEN m.resource_id
        WHEN 'service' THEN (SELECT v.system_id FROM services v WHERE v.id = m.resource_id)
        ELSE (SELECT v.system_id FROM vms x JOIN services v ON v.id = x.service_id WHERE x.id = m.resource_id)
      END AS "systemId"
    FROM resource_role_bindings m WHERE m.id = ${id}`;
  const row = rows[0];
  // Roles on what is gone lead nowhere.
  return row === undefined || row.systemId === null ? null : { ...row, kind: "member" };
}
