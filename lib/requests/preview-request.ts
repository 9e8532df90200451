import { authorize } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { nextIdentity } from "./ask-clusters";
import { checkCreation } from "./check-creation";
import { matchCreation } from "./place-creation";
import { decideByPolicy } from "./policies/queries";
import { previewPlacement } from "./preview-placement";
import { listEligibleApprovers } from "./queries";
import type { PlacementPreview, PreviewRequest } from "./schema";
import { placeOfCreation } from "./store";

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
  return {
    ...withoutClusterNames(await previewPlacement(ctx, asked, creation)),
    approval: {
      required: policy.effect === "ask",
      effect: policy.effect,
      policyName: policy.policyName,
      approvers: await listEligibleApprovers(ctx, subject),
    },
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
