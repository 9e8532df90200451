import { authorize } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { nextIdentity } from "./ask-clusters";
import { requireStartAt } from "./calendar/rules";
import { nextOpening } from "./calendar/store";
import { checkCreation, type MachineSubject } from "./check-creation";
import { matchCreation } from "./place-creation";
import { findEmergency } from "./emergencies/find-emergency";
import { decideByPolicy } from "./policies/queries";
import { previewPlacement } from "./preview-placement";
import { previewQuota } from "./quotas/queries";
import type { PlacementPreview, PreviewRequest } from "./schema";
import { placeOfCreation } from "./store";
import { firstDeciders, previewSteps } from "./workflows/preview-steps";
import { readCostClass } from "./workflows/read-question";

/** The live verdict beside the request form: where it fits, and what those clusters' admission says (spec §5.10). */
export async function previewRequest(ctx: Context, input: PreviewRequest): Promise<PlacementPreview> {
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
  const requesterId = actorId(ctx.actor);
  const policy = await decideByPolicy(db(), { operation: "CREATE_VM", requesterId, ...subject });
  const effect =
    policy.effect === "ask" && (await isInEmergency(requesterId, subject)) ? "run" : policy.effect;
  return {
    ...withoutClusterNames(await previewPlacement(ctx, asked, creation)),
    approval: {
      required: effect === "ask",
      effect,
      policyName: policy.policyName,
      ...(await decidersOf({ ...subject, requesterId, workflowId: policy.workflowId })),
    },
    ...(subject.demand === null
      ? {}
      : { quota: await previewQuota(ctx, { ...roomOf(subject), demand: subject.demand }) }),
    opening: await nextOpening(db(), {
      environment: subject.environment,
      operation: "CREATE_VM",
      startAt: requireStartAt(input.startAt, ctx.now),
      now: ctx.now,
    }),
    vmName: (await nextIdentity(asked)).name,
  };
}

/** The steps it would pass, and by name who would say the first word. */
async function decidersOf(asked: MachineSubject & { requesterId: string; workflowId: string | null }) {
  const costClass = await readCostClass(db(), asked.instanceSizeId);
  const steps = await previewSteps(db(), { ...asked, operation: "CREATE_VM", costClass });
  return { approvers: firstDeciders(steps), steps };
}

/** Whoever has broken the glass there is not asked for it. */
async function isInEmergency(personId: string, subject: MachineSubject): Promise<boolean> {
  return (await findEmergency(db(), { personId, ...subject })) !== null;
}

function roomOf({ systemId, environment }: MachineSubject) {
  return { systemId, environment };
}

/** Who asks never sees clusters (spec §1): they are told apart by a number alone. */
function withoutClusterNames(placement: PlacementPreview): PlacementPreview {
  const numbers = new Map(placement.candidates.map(({ clusterId }, index) => [clusterId, String(index + 1)]));
  const numberOf = (clusterId: string) => numbers.get(clusterId) ?? "";
  return {
    ...placement,
    candidates: placement.candidates.map((candidate) => {
      const number = numberOf(candidate.clusterId);
      const warnings = candidate.warnings.map(({ code, params }) => ({
        code,
        params: { ...params, cluster: number },
      }));
      return { ...candidate, clusterId: number, name: number, displayName: number, warnings, capacity: null };
    }),
    verdicts: placement.verdicts.map((verdict) => ({
      ...verdict,
      clusterId: numberOf(verdict.clusterId),
      // Only a refusal speaks of what was asked for; other words may name the cluster's address.
      message: verdict.result === "refused" ? verdict.message : null,
    })),
  };
}
