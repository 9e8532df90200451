import { anAdministrator } from "@/e2e/factories/person";
import { newId } from "@/lib/core/ids";
import { createPolicy } from "@/lib/requests/policies/create-policy";
import { deletePolicy } from "@/lib/requests/policies/delete-policy";
import {
  createPolicyInput,
  deletePolicyInput,
  setPolicyStateInput,
  updatePolicyInput,
} from "@/lib/requests/policies/schema";
import { setPolicyState } from "@/lib/requests/policies/set-policy-state";
import { updatePolicy } from "@/lib/requests/policies/update-policy";
import { db } from "@/lib/core/db";
import { throughForm, type Attempt } from "./try-attempt";

/** Values that no rule may have, each beside what is right. */
const wrongValues: Record<string, unknown[]> = {
  effect: ["allow", "RUN", "", null, "approve", 1, ["run"]],
  operation: ["NONE", "SYSTEM_ACCESS", "create_vm", "", null, "*", ["ALL"]],
  environment: ["staging", "PROD", "", null, "*"],
  environmentName: ["never-was", "", "x".repeat(64), 1],
  systemId: ["never-was", "", "x".repeat(65), {}],
  requesterRole: ["never-was", "", "superuser", 1],
  workflowId: ["never-was", "", 7],
  priority: [0, -1, 10_000, 1.5, Number.NaN, "first", 2 ** 40],
  minCpuCores: [0, -1, 0.3, 1e9, "all", Number.NaN],
  minMemoryGi: [0, -1, 0.3, 1e9, "all"],
  minDiskGb: [0, -1, 1.5, 1e12, "all"],
  requiresGpu: ["yes", 1, "true"],
  name: ["", "x", "x".repeat(81), null, 5],
  description: ["x".repeat(501), null, 5],
  state: ["on", "ACTIVE", "", null],
  replacesId: ["never-was", "", 1],
  createdBy: ["seed"],
  isDefault: [true],
  id: ["policy"],
};

/** Rules that could mean anything, by whoever may write rules. */
export async function policyAttempts(): Promise<Attempt[]> {
  const administrator = await anAdministrator();
  const name = () => `rule ${newId().slice(-8)}`;
  const draft = { effect: "ask", operation: "CLONE_VM", state: "draft" };
  const { id: policyId } = await createPolicy(
    administrator,
    createPolicyInput.parse({ ...draft, name: name() }),
  );
  const seeded = await db().approvalPolicy.findFirstOrThrow({ where: { createdBy: "seed" } });
  const create = throughForm(createPolicyInput, (input) => createPolicy(administrator, input));
  const update = throughForm(updatePolicyInput, (input) => updatePolicy(administrator, input));
  const remove = throughForm(deletePolicyInput, (input) => deletePolicy(administrator, input));
  const move = throughForm(setPolicyStateInput, (input) => setPolicyState(administrator, input));
  const made = Object.entries(wrongValues).flatMap(([member, values]) =>
    values.flatMap((value) => [
      {
        name: `a rule with ${member} ${text(value)}`,
        act: create({ ...draft, name: name(), [member]: value }),
      },
      ...(member === "id" || (member === "requesterRole" && value === null)
        ? []
        : [
            {
              name: `a rule that becomes ${member} ${text(value)}`,
              act: update({ policyId, revision: 1, [member]: value }),
            },
          ]),
    ]),
  );
  const revisions = [0, 2, 99, -1, "1", null].flatMap((revision) => [
    {
      name: `a rule changed at revision ${text(revision)}`,
      act: update({ policyId, revision, priority: 7 }),
    },
    {
      name: `a rule switched at revision ${text(revision)}`,
      act: move({ policyId, revision, state: "active" }),
    },
  ]);
  return [
    ...made,
    ...revisions,
    { name: "a rule of the platform that goes", act: remove({ policyId: seeded.id, confirm: true }) },
    { name: "a rule that goes unconfirmed", act: remove({ policyId }) },
    { name: "a rule that never was goes", act: remove({ policyId: "none", confirm: true }) },
    {
      name: "a rule under a name that is taken",
      act: create({ ...draft, name: seeded.name, state: "active" }),
    },
  ];
}

const text = (value: unknown) =>
  typeof value === "number" ? String(value) : JSON.stringify(value).slice(0, 40);
