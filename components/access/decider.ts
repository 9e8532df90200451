import type { AccessRow } from "@/lib/access/reviews/schema";

/** Which lines of a review the reader may decide; the use cases decide again. */
export interface Decider {
  /** Platform roles. */
  givesRoles: boolean;
  /** Roles on systems. */
  givesMemberRoles: readonly string[];
  /** May open the pages of accounts. */
  seesAccounts: boolean;
}

/** Who decides instead of the reader, as a key of the messages; null where the reader does. */
export function decidesInstead(decider: Decider, row: Pick<AccessRow, "kind" | "roleId">) {
  if (row.kind === "role") return decider.givesRoles ? null : "decidedByRoles";
  return decider.givesMemberRoles.includes(row.roleId) ? null : "decidedByOwners";
}
