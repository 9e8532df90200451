import type { ClientBase } from "pg";
import { newId } from "@/lib/core/ids";
import { operations, type Operation } from "@/lib/vocabulary/operations";

/** The lowest number wins, so whatever an administrator adds comes before these. */
const lastPriority = 1000;

const alwaysAsked: readonly Operation[] = ["CREATE_VM", "MODIFY_VM", "DELETE_VM"];

/** Creating, changing and deleting asks everywhere; power and console only in production (spec §5.11). */
export async function seedPolicies(client: ClientBase): Promise<void> {
  for (const policy of operations.flatMap(defaultPolicies)) {
    await client.query(
      `INSERT INTO approval_policies (id, name, environment, operation, requires_approval, priority, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, now()) ON CONFLICT (name) DO NOTHING`,
      [newId(), policy.name, policy.environment, policy.operation, policy.requiresApproval, lastPriority],
    );
  }
}

function defaultPolicies(operation: Operation) {
  const name = `default-${operation.toLowerCase().replaceAll("_", "-")}`;
  if (alwaysAsked.includes(operation))
    return [{ name, environment: "all", operation, requiresApproval: true }];
  return [
    { name: `${name}-prod`, environment: "prod", operation, requiresApproval: true },
    { name: `${name}-test`, environment: "test", operation, requiresApproval: false },
  ];
}
