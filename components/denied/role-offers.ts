import { roleSuffices } from "@/lib/access/rules";
import type { AskableRow } from "@/lib/requests/access/schema";
import { askableRoles, type AskableRole } from "@/lib/vocabulary/askable-roles";

export interface RoleOffer {
  role: AskableRole;
  /** Asking for it would give nothing; the form says so instead of offering it. */
  isHeld: boolean;
}

/** Weakest first; the role one has can be asked for again where it ends. */
export function roleOffers({ heldRole, heldUntil }: Pick<AskableRow, "heldRole" | "heldUntil">): RoleOffer[] {
  return askableRoles.toReversed().map((role) => ({
    role,
    isHeld: roleSuffices(heldRole, role) && !(heldRole === role && heldUntil !== null),
  }));
}

/** What the link wished for, where it can be asked for, else the weakest role that can. */
export function initialRole(
  offers: readonly RoleOffer[],
  wished: string | undefined,
): AskableRole | undefined {
  const open = offers.filter(({ isHeld }) => !isHeld);
  return (open.find(({ role }) => role === wished) ?? open[0])?.role;
}
