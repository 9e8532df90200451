import { createWorkflow } from "@/lib/requests/workflows/create-workflow";
import {
  conditionShape,
  stepDefinition,
  type ApproverRef,
  type CreateWorkflow,
  type StepDefinition,
} from "@/lib/requests/workflows/schema";
import { newId } from "@/lib/core/ids";
import { anAdministrator } from "./person";

/** A step that asks these people, any of them unless said otherwise. */
export function aStep(
  approvers: (string | ApproverRef)[],
  over: Partial<StepDefinition> = {},
): StepDefinition {
  return stepDefinition.parse({
    approvers: approvers.map((one) => (typeof one === "string" ? { kind: "user", refId: one } : one)),
    ...over,
  });
}

/** The workflow of one System, laid down by an administrator. */
export async function aWorkflow(
  systemId: string,
  steps: StepDefinition[],
  over: Partial<CreateWorkflow> = {},
): Promise<{ id: string; name: string }> {
  const name = over.name ?? `workflow-${newId().slice(-8)}`;
  const match = { ...conditionShape.parse({}), systemId };
  const input = { name, description: "", enabled: true, priority: 100, match, steps, ...over };
  return { ...(await createWorkflow(await anAdministrator(), input)), name };
}
