import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { instanceNumber, vmName } from "@/lib/core/names";
import { askWorker } from "@/lib/core/worker-questions";
import { dryRunVmJob } from "@/lib/vms/jobs";
import { dryRunAnswer, type DryRunVerdict, type VmBlueprint, type VmIdentity } from "@/lib/vms/schema";
import { checkCreation } from "./locate-request";
import { matchCreation, readCreation, type Creation } from "./place-creation";
import { decideByPolicy } from "./policies/queries";
import { listEligibleApprovers } from "./queries";
import type { PlacementPreview, PreviewApproval, RequestVm } from "./schema";
import { placeOfCreation, type Ticket } from "./store";

/** The live verdict beside the request form: where it fits, and what those clusters' admission says (spec §5.10). */
export async function previewRequest(ctx: Context, input: RequestVm): Promise<PlacementPreview> {
  const place = await placeOfCreation(db(), input.serviceId, input.namespace);
  await authorize(db(), ctx, "vm:create", {
    systemId: place.systemId,
    serviceId: place.serviceId,
    role: "member",
    ...(place.environment === null ? {} : { environment: place.environment }),
  });
  const subject = await checkCreation(db(), ctx, place, input);
  const creation = await matchCreation(db(), {
    templateId: input.templateId,
    instanceSizeId: input.instanceSizeId,
    environment: subject.environment,
    targets: input,
    choices: {},
  });
  const asked = { ...subject, id: "preview", requesterId: "preview" };
  const { requiresApproval, policyName } = await decideByPolicy(db(), { operation: "CREATE_VM", ...subject });
  return {
    ...withoutClusterNames(await preview(ctx, asked, creation)),
    approval: { required: requiresApproval, policyName, approvers: await listEligibleApprovers(ctx, subject) },
    vmName: (await nextIdentity(asked)).name,
  };
}

/** Who asks never sees clusters (spec §1): they are told apart by a number alone. */
function withoutClusterNames(placement: PlacementPreview): PlacementPreview {
  const numbers = new Map(placement.candidates.map(({ clusterId }, index) => [clusterId, String(index + 1)]));
  const numberOf = (clusterId: string) => numbers.get(clusterId) ?? "";
  return {
    ...placement,
    candidates: placement.candidates.map((candidate) => {
      const number = numberOf(candidate.clusterId);
      return { ...candidate, clusterId: number, name: number, displayName: number, capacity: null };
    }),
    verdicts: placement.verdicts.map((verdict) => ({ ...verdict, clusterId: numberOf(verdict.clusterId) })),
  };
}

/** The same for a waiting request with an approver's choices; nothing is written. */
export async function previewApproval(ctx: Context, input: PreviewApproval): Promise<PlacementPreview> {
  const ticket = await db().approvalTicket.findUnique({ where: { id: input.ticketId } });
  if (ticket === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "ticket" });
  await authorize(db(), ctx, "builtin_approval:view", {
    systemId: ticket.systemId,
    environment: ticket.environment,
  });
  if (ticket.operationType !== "CREATE") return { candidates: [], verdicts: [], notChecked: null };
  return preview(ctx, ticket, await readCreation(db(), ticket, input));
}

type Asked = Pick<Ticket, "id" | "requesterId" | "serviceId" | "serviceName" | "systemName" | "namespace">;

async function preview(ctx: Context, asked: Asked, creation: Creation): Promise<PlacementPreview> {
  const eligible = creation.candidates.filter((candidate) => candidate.eligible);
  const result = { candidates: creation.candidates, verdicts: [], notChecked: null };
  const first = eligible[0];
  if (first === undefined) return result;
  try {
    const blueprint = { ...creation.wanted, storageClass: creation.wanted.storageClass ?? first.storageClass };
    const verdicts = await askClusters(ctx, asked, blueprint, eligible.map(({ clusterId }) => clusterId));
    return { ...result, verdicts };
  } catch (error) {
    // The form goes on without the clusters' word and says so; only an approval needs it (spec §5.10).
    if (error instanceof AppError && error.code === "WORKER_SILENT") return { ...result, notChecked: error.code };
    throw error;
  }
}

/** Asks the clusters' real admission about the exact manifest through a worker; ten seconds at most. */
export async function askClusters(
  ctx: Context,
  asked: Asked,
  blueprint: VmBlueprint,
  clusterIds: string[],
): Promise<DryRunVerdict[]> {
  const identity = await nextIdentity(asked);
  const answer = await askWorker(ctx, dryRunVmJob, { clusterIds, identity, blueprint }, dryRunAnswer);
  return answer.verdicts;
}

/** The identity a VM would get if it were approved now; nothing is reserved. */
async function nextIdentity(asked: Asked): Promise<VmIdentity> {
  const service = await db().service.findUniqueOrThrow({
    where: { id: asked.serviceId },
    select: { nextInstanceIndex: true },
  });
  const index = service.nextInstanceIndex;
  return {
    name: vmName({ namespace: asked.namespace, system: asked.systemName, service: asked.serviceName, index }),
    namespace: asked.namespace,
    system: asked.systemName,
    service: asked.serviceName,
    serviceId: asked.serviceId,
    instance: instanceNumber(index),
    ticketId: asked.id,
    createdBy: asked.requesterId,
  };
}
