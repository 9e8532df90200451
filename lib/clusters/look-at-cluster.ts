import { detectCapabilities, type ClusterCapabilities } from "@/lib/adapters/kubevirt/capabilities";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { missingPermissions, type MissingPermission } from "@/lib/adapters/kubevirt/permissions";
import { indispensablePurposes } from "@/lib/adapters/kubevirt/required-rules";
import { connectCluster } from "./connect-cluster";
import type { ClusterMove } from "./machine";

/** Why a cluster is not healthy; the page has a sentence for each, the cluster's own words stand beside it. */
export type StatusReason =
  | "no_answer"
  | "credential_refused"
  | "bad_answer"
  | "no_kubevirt"
  | "kubevirt_not_ready"
  | "permissions_missing";

export interface Findings {
  move: ClusterMove;
  reason: StatusReason | null;
  words: string | null;
  /** Null when the cluster did not answer. */
  capabilities: ClusterCapabilities | null;
  missing: MissingPermission[];
}

/** Calls the cluster, changes nothing there, and never throws for what the cluster does. */
export async function lookAtCluster(clusterId: string): Promise<Findings> {
  return findingsOf(await connectCluster(clusterId));
}

/** The same look through any client; `tooLate` ends it with its own failure. */
export async function findingsOf(client: ClusterClient, tooLate?: Promise<never>): Promise<Findings> {
  try {
    const look = (async () => judge(await detectCapabilities(client), await missingPermissions(client)))();
    return await (tooLate === undefined ? look : Promise.race([look, tooLate]));
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    return { ...judgeFailure(error), words: error.message, capabilities: null, missing: [] };
  }
}

function judgeFailure({ kind, status }: ClusterFailure): Pick<Findings, "move" | "reason"> {
  if (kind === "unavailable") return { move: "lose", reason: "no_answer" };
  const refused = status === 401 || status === 403;
  return { move: "degrade", reason: refused ? "credential_refused" : "bad_answer" };
}

function judge(capabilities: ClusterCapabilities, missing: MissingPermission[]): Findings {
  const found = { capabilities, missing, words: null };
  const { kubevirt } = capabilities;
  if (missing.some(isIndispensable)) return { ...found, move: "degrade", reason: "permissions_missing" };
  if (kubevirt === null) return { ...found, move: "degrade", reason: "no_kubevirt" };
  if (kubevirt.phase !== "Deployed") {
    return { ...found, move: "degrade", reason: "kubevirt_not_ready", words: kubevirt.phase };
  }
  return { ...found, move: "recover", reason: null };
}

/** Everything else can be lived without: namespaces may be made by hand, capacity may stay unknown. */
function isIndispensable({ purpose }: MissingPermission): boolean {
  return indispensablePurposes.includes(purpose);
}
