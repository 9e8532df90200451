import {
  applyLabels,
  labelPatch,
  readFoundMachine,
  type FoundMachine,
  type LabelPatch,
} from "@/lib/adapters/kubevirt/adopt-machines";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { forbiddenFields } from "@/lib/catalog/forbidden-fields";
import { hashOf } from "@/lib/core/ids";
import { labelPrefix, managedBy } from "@/lib/vms/render-vm";
import { manifestOf } from "./project-machine";
import { changedBeside, isStandingVolume } from "./rules";
import type { ImportRefusal } from "./schema";

export interface WantedImport {
  namespace: string;
  name: string;
  labels: Record<string, string>;
}

export interface CheckedImport {
  found: FoundMachine | null;
  patch: LabelPatch | null;
  /** Empty where it may be done; then the cluster has accepted the very patch in a dry run. */
  refusals: ImportRefusal[];
}

const refusalsMax = 20;
/** How often a machine is tried that somebody else changes meanwhile. */
const triesMax = 3;

/**
 * Reads the machine and tries the labels on it without writing anything.
 * @throws ClusterFailure where the cluster cannot be asked
 */
export async function checkImport(
  client: ClusterClient,
  wanted: WantedImport,
  signal?: AbortSignal,
): Promise<CheckedImport> {
  for (let tries = 1; ; tries += 1) {
    const checked = await checkOnce(client, wanted, signal);
    const isTold = tries === triesMax || checked.refusals[0]?.code !== "would_change";
    if (isTold || !(await hasMoved(client, checked.found, signal))) return checked;
  }
}

/** What a try seemed to change may be what its own controllers wrote between the reading and the try. */
async function hasMoved(
  client: ClusterClient,
  found: FoundMachine | null,
  signal?: AbortSignal,
): Promise<boolean> {
  if (found === null) return false;
  const now = await readFoundMachine(client, found, signal);
  return now?.resourceVersion !== found.resourceVersion;
}

async function checkOnce(
  client: ClusterClient,
  wanted: WantedImport,
  signal?: AbortSignal,
): Promise<CheckedImport> {
  const found = await readFoundMachine(client, wanted, signal);
  if (found === null) return { found, patch: null, refusals: [{ code: "gone", params: {} }] };
  const patch = labelPatch({ ...wanted, uid: found.uid });
  const standing = standingRefusals(found);
  const refusals = standing.length > 0 ? standing : await tryLabels(client, { found, patch }, signal);
  return { found, patch, refusals: refusals.slice(0, refusalsMax) };
}

function standingRefusals(found: FoundMachine): ImportRefusal[] {
  const refusals: ImportRefusal[] = [];
  if (found.terminating) refusals.push({ code: "terminating", params: {} });
  if (found.labels[`${labelPrefix}/managed-by`] === managedBy)
    refusals.push({ code: "labelled", params: {} });
  // Its controller would take the labels for drift, or make another machine of the same kind.
  for (const { kind, name } of found.owners) refusals.push({ code: "owned", params: { kind, name } });
  const forbidden = forbiddenFields(manifestOf(found)).filter((field) => !isStandingVolume(field));
  for (const { path, reason } of forbidden) refusals.push({ code: "forbidden", params: { path, reason } });
  return refusals;
}

async function tryLabels(
  client: ClusterClient,
  { found, patch }: { found: FoundMachine; patch: LabelPatch },
  signal?: AbortSignal,
): Promise<ImportRefusal[]> {
  try {
    const after = await applyLabels(client, patch, { dryRun: true, signal });
    const parts = changedBeside(found, after, patch.metadata.labels);
    return parts.length === 0 ? [] : [{ code: "would_change", params: { parts } }];
  } catch (error) {
    if (!(error instanceof ClusterFailure) || error.kind === "unavailable") throw error;
    return [{ code: `cluster_${error.kind}`, params: { message: error.message } }];
  }
}

/** What an import was agreed on: the same as long as the machine's definition is. */
export function fingerprintOf(found: FoundMachine): string {
  return hashOf(found.spec);
}

/** A worker that died after its call left them there. */
export function carriesLabels(found: FoundMachine, labels: Record<string, string>): boolean {
  return Object.entries(labels).every(([key, value]) => found.labels[key] === value);
}
