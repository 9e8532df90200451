import type { Stack } from "@/e2e/stack";
import { readRows } from "./read-rows";

/** As if an administrator had ruled that the console of this machine's System needs somebody's word. */
export async function ruleConsoleAsks(stack: Stack, vmId: string): Promise<void> {
  const rows = await readRows(
    stack,
    `INSERT INTO approval_policies (id, name, effect, state, operation, environment, system_id, priority)
     SELECT gen_random_uuid()::text, 'consoles of ' || y.name, 'ask', 'active', 'VNC_ACCESS', 'all', y.id, 1
     FROM vms v JOIN services s ON s.id = v.service_id JOIN systems y ON y.id = s.system_id WHERE v.id = $1
     RETURNING id`,
    [vmId],
  );
  if (rows.length !== 1) throw new Error("no rule was made");
}
