import type { ClientBase } from "pg";
import { newId } from "@/lib/core/ids";
import { operations, type Operation } from "@/lib/vocabulary/operations";

/** The lowest number answers first, so whatever an administrator adds comes before these. */
const lastPriority = 1000;

/** What makes, changes or takes away; everything else is asked for in production alone (spec §5.11). */
const alwaysAsked: readonly Operation[] = [
  "CREATE_VM",
  "MODIFY_VM",
  "DELETE_VM",
  "RESTORE_SNAPSHOT",
  "CLONE_VM",
  "EXTEND_VM",
  "INCREASE_QUOTA",
];

/** Rules that an administrator changed or disabled stay as they are. */
export async function seedPolicies(client: ClientBase): Promise<void> {
  for (const policy of operations.flatMap(defaultPolicies)) {
    await client.query(
      `INSERT INTO approval_policies (id, name, environment, operation, effect, priority)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (name) WHERE replaces_id IS NULL DO NOTHING`,
      [newId(), policy.name, policy.environment, policy.operation, policy.effect, lastPriority],
    );
  }
}

function defaultPolicies(operation: Operation) {
  const name = `default-${operation.toLowerCase().replaceAll("_", "-")}`;
  if (alwaysAsked.includes(operation)) return [{ name, environment: "all", operation, effect: "ask" }];
  return [
    { name: `${name}-prod`, environment: "prod", operation, effect: "ask" },
    { name: `${name}-test`, environment: "test", operation, effect: "run" },
  ];
}
