import { listFoundMachines, type FoundMachine } from "@/lib/adapters/kubevirt/adopt-machines";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { forbiddenFields } from "@/lib/catalog/forbidden-fields";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { answerQuestion, readQuestion } from "@/lib/core/worker-questions";
import { labelPrefix, managedBy } from "@/lib/vms/render-vm";
import { manifestOf, projectMachine } from "./project-machine";
import { isStandingVolume } from "./rules";
import { findMachinesQuestion, type FoundMachines, type MachineFilter } from "./schema";

const answerWithinMs = 8_000;
/** The same on every page, or a place in a page would mean another machine. */
const clusterPageSize = 250;
/** A filter that matches nothing is not followed through a cluster of any size in one answer. */
const clusterPagesMax = 8;
const forbiddenMax = 20;

/** Machines of a cluster that are not the portal's, for whoever waits for the answer. */
export async function findMachines({ questionId }: { questionId: string }): Promise<void> {
  const asked = await readQuestion(questionId);
  if (asked === null) return;
  const { clusterId, ...search } = findMachinesQuestion.parse(asked);
  try {
    const answer = await collectMatching(await connectCluster(clusterId), search);
    await answerQuestion(questionId, { answer });
  } catch (error) {
    if (!(error instanceof ClusterFailure)) throw error;
    const code = error.kind === "unavailable" ? "CLUSTER_UNAVAILABLE" : "CLUSTER_REJECTED";
    await answerQuestion(questionId, { failure: { code, params: { message: error.message } } });
  }
}

async function collectMatching(client: ClusterClient, filter: MachineFilter): Promise<FoundMachines> {
  const signal = AbortSignal.timeout(answerWithinMs);
  const labelSelector = `${labelPrefix}/managed-by!=${managedBy}`;
  const query = { labelSelector, namespace: filter.namespace || undefined, limit: clusterPageSize };
  const items: FoundMachine[] = [];
  let { skip, token } = readPosition(filter.cursor);
  let restarted = false;
  for (let pages = 0; pages < clusterPagesMax; pages += 1) {
    const page = await listFoundMachines(client, { ...query, from: token }, signal);
    if (page.restarted) ({ skip, token, restarted } = { skip: 0, token: null, restarted: true });
    for (const [at, machine] of page.items.entries()) {
      if (at < skip || !matches(machine, filter.q)) continue;
      if (items.length === filter.perPage)
        return { items: items.map(describe), nextCursor: position(at, token), restarted, partial: false };
      items.push(machine);
    }
    if (page.next === null)
      return { items: items.map(describe), nextCursor: null, restarted, partial: false };
    ({ skip, token } = { skip: 0, token: page.next });
  }
  return { items: items.map(describe), nextCursor: position(0, token), restarted, partial: true };
}

function matches({ name }: FoundMachine, q: string | undefined): boolean {
  return q === undefined || q === "" || name.includes(q.toLowerCase());
}

function position(skip: number, token: string | null): string {
  return `${skip}.${token ?? ""}`;
}

/** A cursor nobody wrote begins at the beginning; the cluster checks its own token. */
function readPosition(cursor: string | undefined): { skip: number; token: string | null } {
  const [, skip, token] = /^(\d{1,4})\.([\w=.-]*)$/.exec(cursor ?? "") ?? [];
  return { skip: Number(skip ?? 0), token: token || null };
}

function describe(machine: FoundMachine): FoundMachines["items"][number] {
  const { cpuCores, memoryGi, diskGb, createdAt } = projectMachine(machine, null);
  const { uid, namespace, name, printableStatus, managers, owners, terminating } = machine;
  return {
    ...{ uid, namespace, name, printableStatus, managers, owners, terminating },
    ...{ createdAt, cpuCores, memoryGi, diskGb },
    forbidden: forbiddenFields(manifestOf(machine))
      .filter((field) => !isStandingVolume(field))
      .slice(0, forbiddenMax),
  };
}
