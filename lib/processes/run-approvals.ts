import { runTemporalWorker, type TemporalWork } from "@/lib/adapters/temporal/run-temporal-worker";
import { readServer } from "@/lib/requests/workflows/temporal/read-server";

/** Where a Temporal server is configured, its orders are carried out here; ends when the signal says so. */
export async function runApprovals(
  signal: AbortSignal,
  activities: TemporalWork["activities"],
): Promise<void> {
  const server = readServer();
  if (server === null) return;
  const workflowsPath = "lib/requests/workflows/temporal/run-approval.ts";
  await runTemporalWorker(server, { workflowsPath, activities }, signal);
}
