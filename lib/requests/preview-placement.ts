import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { vmName } from "@/lib/core/names";
import { askWorker } from "@/lib/core/worker-questions";
import { dryRunVmJob } from "@/lib/vms/jobs";
import { dryRunAnswer, type DryRunVerdict, type VmBlueprint } from "@/lib/vms/schema";
import { checkCreation } from "./locate-request";
import { matchCreation, readCreation, type Creation } from "./place-creation";
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
  return preview(ctx, { ...subject, id: "preview", requesterId: "preview" }, creation);
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
  const service = await db().service.findUniqueOrThrow({
    where: { id: asked.serviceId },
    select: { nextInstanceIndex: true },
  });
  const index = service.nextInstanceIndex;
  const identity = {
    name: vmName({ namespace: asked.namespace, system: asked.systemName, service: asked.serviceName, index }),
    namespace: asked.namespace,
    system: asked.systemName,
    service: asked.serviceName,
    serviceId: asked.serviceId,
    instance: String(index).padStart(2, "0"),
    ticketId: asked.id,
    createdBy: asked.requesterId,
  };
  const answer = await askWorker(ctx, dryRunVmJob, { clusterIds, identity, blueprint }, dryRunAnswer);
  return answer.verdicts;
}
