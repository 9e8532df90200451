import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { operations, type Operation } from "@/lib/vocabulary/operations";
import { policyConditions, policyEffects, policyStates } from "./rules";

const id = z.string().min(1).max(64);
const revision = z.number().int().min(1);
const name = z.string().trim().min(2).max(80);
const cores = z.number().min(0.5).max(4096).multipleOf(0.5);
const gibibytes = z.number().min(0.5).max(65_536).multipleOf(0.5);
const gigabytes = z.number().int().min(1).max(1_048_576);

/** ALL stands for every operation. */
export const policyOperations = ["ALL", ...operations] as const satisfies readonly ("ALL" | Operation)[];
export const policyPlaces = ["all", "test", "prod"] as const;

const changeable = z.strictObject({
  name,
  description: z.string().trim().max(500),
  effect: z.enum(policyEffects),
  operation: z.enum(policyOperations),
  environment: z.enum(policyPlaces),
  /** One environment; then the class says nothing. */
  environmentName: z.string().min(1).max(63).nullable(),
  systemId: id.nullable(),
  /** A role's id, or owner, admin, member, viewer: what the requester is on the System. */
  requesterRole: id.nullable(),
  minCpuCores: cores.nullable(),
  minMemoryGi: gibibytes.nullable(),
  minDiskGb: gigabytes.nullable(),
  requiresGpu: z.boolean().nullable(),
  /** The steps it takes; null leaves them to the workflows' own matching. */
  workflowId: id.nullable(),
  /** The lowest number answers first. */
  priority: z.number().int().min(1).max(9_999),
});
export type PolicyValues = z.output<typeof changeable>;

const absent = {
  description: changeable.shape.description.default(""),
  environment: changeable.shape.environment.default("all"),
  environmentName: changeable.shape.environmentName.default(null),
  systemId: changeable.shape.systemId.default(null),
  requesterRole: changeable.shape.requesterRole.default(null),
  minCpuCores: changeable.shape.minCpuCores.default(null),
  minMemoryGi: changeable.shape.minMemoryGi.default(null),
  minDiskGb: changeable.shape.minDiskGb.default(null),
  requiresGpu: changeable.shape.requiresGpu.default(null),
  workflowId: changeable.shape.workflowId.default(null),
  priority: changeable.shape.priority.default(100),
};

/** A whole rule, whatever was left out standing for "does not matter". */
export const policyValues = changeable.extend(absent);

export const createPolicyInput = policyValues.extend({
  state: z.enum(policyStates).default("active"),
  /** A draft or a watching rule of what a rule could become; it takes over that rule's name. */
  replacesId: id.nullable().default(null),
});
/** Absent members stay as they are. */
export const updatePolicyInput = changeable.partial().extend({ policyId: id, revision });
/** As the editor sends it: empty text is a description too. */
export const updatePolicyForm = changeable.extend({ policyId: id, revision });
export const setPolicyStateInput = z.strictObject({ policyId: id, revision, state: z.enum(policyStates) });
export const deletePolicyInput = z.strictObject({
  policyId: id,
  confirm: z.union([z.boolean(), z.stringbool()]).optional(),
});

export const testPoliciesInput = z.strictObject({
  operation: z.enum(operations),
  systemId: id,
  environment: z.string().min(1).max(63),
  /** A user name or an id. */
  requester: z.string().trim().min(1).max(255),
  cpuCores: cores.nullable().default(null),
  memoryGi: gibibytes.nullable().default(null),
  diskGb: gigabytes.nullable().default(null),
  gpus: z.number().int().min(0).max(64).nullable().default(null),
});

export const policyFilter = z.strictObject({
  operation: z.enum(policyOperations).optional(),
  state: z.enum(policyStates).optional(),
});
export const shadowFilter = pageQuery.extend({ policyId: id.optional() });

const policyShape = z.object({
  ...changeable.shape,
  id: z.string(),
  // What the database holds may be older than today's words.
  operation: z.string(),
  environment: z.string(),
});

export const policyRow = policyShape.extend({
  state: z.enum(policyStates),
  replacesId: z.string().nullable(),
  revision: z.number(),
  /** Laid down by the platform: it can be changed and disabled, and stays. */
  isDefault: z.boolean(),
  systemName: z.string().nullable(),
  roleName: z.string().nullable(),
  workflowName: z.string().nullable(),
  /** How many requests a watching rule would have answered otherwise since it watches as it is. */
  differences: z.number(),
  updatedByName: z.string(),
  updatedAt: z.date(),
});
export type PolicyListRow = z.output<typeof policyRow>;
export const policyList = z.object({ items: z.array(policyRow) });

const policyDecision = z.object({
  effect: z.enum(policyEffects),
  policyId: z.string().nullable(),
  policyName: z.string().nullable(),
  workflowId: z.string().nullable(),
});

export const policyAnswer = z.object({
  decision: policyDecision,
  workflowName: z.string().nullable(),
  requester: z.object({ id: z.string(), displayName: z.string(), roles: z.array(z.string()) }),
  rules: z.array(
    z.object({
      policy: z.object({
        id: z.string(),
        name: z.string(),
        effect: z.enum(policyEffects),
        priority: z.number(),
      }),
      standing: z.enum(["decides", "comes_later", "overruled", "fails"]),
      failed: z.array(z.enum(policyConditions)),
    }),
  ),
});
export type PolicyAnswer = z.output<typeof policyAnswer>;

const shadowRow = z.object({
  id: z.string(),
  policyId: z.string(),
  policyName: z.string(),
  ticketId: z.string(),
  operation: z.string(),
  environment: z.string().nullable(),
  systemName: z.string(),
  resourceName: z.string().nullable(),
  requesterName: z.string(),
  actual: policyDecision,
  would: policyDecision,
  createdAt: z.date(),
});
export type ShadowRow = z.output<typeof shadowRow>;
export const shadowPage = pageOf(shadowRow);

interface Named {
  id: string;
  name: string;
}

/** What a rule may name. */
export interface PolicyOptions {
  environments: { name: string; displayName: string; class: string }[];
  systems: Named[];
  roles: Named[];
  workflows: Named[];
}

export const createdPolicy = z.object({ id: z.string() });
export const changedPolicy = z.object({ id: z.string(), revision: z.number() });

export type CreatePolicy = z.output<typeof createPolicyInput>;
export type UpdatePolicy = z.output<typeof updatePolicyInput>;
export type SetPolicyState = z.output<typeof setPolicyStateInput>;
export type DeletePolicy = z.output<typeof deletePolicyInput>;
export type TestPolicies = z.output<typeof testPoliciesInput>;
export type PolicyFilter = z.output<typeof policyFilter>;
export type ShadowFilter = z.output<typeof shadowFilter>;
