import { checkClusters } from "./check-clusters";
import { checkRows } from "./check-rows";
import { checkSecrets } from "./check-secrets";
import type { Violation } from "./violation";

/** Every invariant of the running system, on its database and its clusters; empty when all hold. */
export async function checkInvariants(logs: string[] = []): Promise<Violation[]> {
  return [...(await checkRows()), ...(await checkClusters()), ...(await checkSecrets(logs))];
}
