import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readGuestAgent, type GuestAgentFacts } from "@/lib/adapters/kubevirt/guest-facts";
import { readInstanceInterfaces } from "@/lib/adapters/kubevirt/guest-interfaces";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { readQuestion } from "@/lib/core/worker-questions";
import { lookQuestion } from "@/lib/vms/looks/schema";
import { findAskedVm, finishLook, runsNow, type SeenVm } from "@/lib/vms/looks/store";
import type { GuestFacts, GuestState } from "./schema";

interface Found {
  state: GuestState;
  message: string | null;
  /** Null: what was known before stays. */
  facts: GuestFacts | null;
}

/** Asks the guest agent and the cluster what is inside a machine. */
export async function readGuest({ questionId }: { questionId: string }): Promise<void> {
  const asked = await readQuestion(questionId);
  if (asked === null) return;
  const { vmId } = lookQuestion.parse(asked);
  const vm = await findAskedVm(db(), vmId);
  if (vm !== null) await keep(vmId, runsNow(vm) ? await askPatiently(vm) : nothing("stopped"));
  await finishLook(questionId, { vmId, kind: "guest" });
}

async function askPatiently({ clusterId, namespace, name }: SeenVm): Promise<Found> {
  try {
    const client = await connectCluster(clusterId);
    const [agent, instance] = await Promise.all([
      readGuestAgent(client, namespace, name).catch(asFailure),
      readInstanceInterfaces(client, namespace, name),
    ]);
    if (instance === null) return nothing("stopped");
    if (agent instanceof ClusterFailure)
      return { ...failed(agent), facts: factsOf(null, instance.interfaces) };
    if (agent.word === "stopped") return nothing("stopped");
    return { state: agent.word, message: null, facts: factsOf(agent.facts, instance.interfaces) };
  } catch (error) {
    return failed(asFailure(error));
  }
}

function asFailure(error: unknown): ClusterFailure {
  if (error instanceof ClusterFailure) return error;
  throw error;
}

function failed({ status, message }: ClusterFailure): Found {
  return nothing(status === 401 || status === 403 ? "denied" : "unreachable", message);
}

function nothing(state: GuestState, message: string | null = null): Found {
  return { state, message, facts: null };
}

const unknownInside: GuestAgentFacts = {
  ...{ agentVersion: null, hostname: null, timezone: null, os: null },
  ...{ users: null, filesystems: null },
};

/** Without an agent the cluster still knows its interfaces. */
function factsOf(agent: GuestAgentFacts | null, interfaces: GuestFacts["interfaces"]): GuestFacts {
  return { ...(agent ?? unknownInside), interfaces };
}

async function keep(vmId: string, { state, message, facts }: Found): Promise<void> {
  const text = facts === null ? null : JSON.stringify(facts);
  await db().$executeRaw`
    INSERT INTO vm_guest_facts (vm_id, state, message, facts, facts_at, observed_at)
    VALUES (${vmId}, ${state}, ${message}, ${text}::jsonb,
      CASE WHEN ${text}::text IS NOT NULL THEN clock_timestamp() END, clock_timestamp())
    ON CONFLICT (vm_id) DO UPDATE SET state = excluded.state, message = excluded.message,
      facts = coalesce(excluded.facts, vm_guest_facts.facts),
      facts_at = coalesce(excluded.facts_at, vm_guest_facts.facts_at), observed_at = excluded.observed_at`;
}
