import { authorize } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { previewSteps, previewWorkflow } from "./preview-steps";
import { readClass } from "./read-question";
import type { PreviewedSteps, TestWorkflow } from "./schema";

/** "Who would approve this?": the steps of a question, or of a draft, and who could decide them. */
export async function testWorkflow(ctx: Context, input: TestWorkflow): Promise<PreviewedSteps> {
  await authorize(db(), ctx, "platform:admin");
  const { operation, systemId, environment, cpuCores = 0, memoryGi = 0, diskGb = 0, gpus } = input;
  const question = {
    ...{ operation, systemId, environment },
    environmentClass: await readClass(db(), environment),
    requesterId: input.requesterId ?? actorId(ctx.actor),
    demand: { cpuCores, memoryGi, diskGb, gpus },
    costClass: input.costClass ?? null,
  };
  if (input.steps === undefined) return previewSteps(db(), question);
  const draft = { id: null, name: null, revision: 1, steps: input.steps };
  return previewWorkflow(db(), question, draft);
}
