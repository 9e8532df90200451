import type { ReachedOperation } from "@/lib/access/roles/schema";
import { permissions, type Permission } from "@/lib/vocabulary/permissions";
import type { Operation } from "./openapi";

type Reach = Record<Permission, ReachedOperation[]>;

/** Which operations each permission opens, as their own contracts say. */
export function mapReach(operations: readonly Operation[]): Reach {
  const entries = permissions.map((permission) => {
    const opened = operations.filter(({ contract }) =>
      namedPermissions(contract.permission).includes(permission),
    );
    return [permission, opened.map(toRow)] as const;
  });
  // One entry for each permission there is.
  return Object.fromEntries(entries) as Reach;
}

/** A contract's note may say more than the permission's name. */
function namedPermissions(note: string | undefined): string[] {
  return note?.match(/[a-z_]+:[a-z_]+/g) ?? [];
}

function toRow({ method, path, contract }: Operation): ReachedOperation {
  return { method, path, summary: contract.summary };
}
