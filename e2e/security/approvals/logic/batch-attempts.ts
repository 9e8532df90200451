import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aVm } from "@/e2e/factories/vm";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import type { Context } from "@/lib/core/context";
import { cancelBatch } from "@/lib/batches/cancel-batch";
import { decideBatch } from "@/lib/batches/decide-batch";
import { retryBatch } from "@/lib/batches/retry-batch";
import { decideBatchInput, decisionBatchInput, submitBatchInput } from "@/lib/batches/schema";
import { submitBatch } from "@/lib/batches/submit-batch";
import { submitDecisions } from "@/lib/batches/submit-decisions";
import { AppError } from "@/lib/core/errors";
import { aMightyCast, aPlainCast, type Cast } from "./make-cast";
import { aRequestIn } from "./make-requests";
import { throughForm, type Attempt } from "./try-attempt";

async function aMachine({ serviceId }: Cast): Promise<string> {
  const [cluster, namespace] = await Promise.all([aCluster(), aNamespace()]);
  return (await aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId, status: "STOPPED" })).id;
}

async function aBatch(cast: Cast): Promise<string> {
  const items = [{ vmId: await aMachine(cast), confirm: true }];
  const input = submitBatchInput.parse({ operation: "DELETE", reason: "over", items });
  return (await submitBatch(cast.requester, input)).batchId;
}

/** A batch that refuses every one of its parts has refused. */
async function refuseEach(answer: Promise<{ affectedTicketIds: string[] }>): Promise<void> {
  if ((await answer).affectedTicketIds.length === 0) throw new AppError("PERMISSION_DENIED");
}

const acts: Record<string, (ctx: Context, batchId: string) => Promise<unknown>> = {
  approve: (ctx, batchId) => refuseEach(decideBatch(ctx, { batchId, verdict: "approve", reason: "" })),
  reject: (ctx, batchId) => refuseEach(decideBatch(ctx, { batchId, verdict: "reject", reason: "no" })),
  cancel: (ctx, batchId) => cancelBatch(ctx, { batchId }),
  retry: (ctx, batchId) => retryBatch(ctx, { batchId }),
};

/** Batches of others, of oneself to decide, and batches that are none. */
export async function batchAttempts(): Promise<Attempt[]> {
  const casts = [await aPlainCast(), await aMightyCast("an approver's", "role-approval-admin")];
  const attempts: Attempt[] = [];
  for (const cast of casts) {
    const batchId = await aBatch(cast);
    const rightly: Record<string, string[]> = { approver: ["approve", "reject"], requester: ["cancel"] };
    for (const { title, ctx, relation } of cast.everybody)
      for (const [name, act] of Object.entries(acts))
        if (!(rightly[relation] ?? []).includes(name))
          attempts.push({ name: `${title} to ${name} ${cast.title} batch`, act: () => act(ctx, batchId) });
  }
  const [cast] = casts;
  return cast === undefined
    ? attempts
    : [...attempts, ...(await decisionAttempts(cast)), ...(await wrongBatches(cast))];
}

/** A batch of decisions none of which is one's own to take. */
async function decisionAttempts(cast: Cast): Promise<Attempt[]> {
  const ticketId = await aRequestIn(cast, "PENDING");
  const decided = await aRequestIn(cast, "REJECTED");
  const people = cast.everybody.filter(({ relation }) => relation !== "approver");
  const input = (id: string) => decisionBatchInput.parse({ items: [{ ticketId: id }] });
  const { approver } = cast;
  const submit = throughForm(decisionBatchInput, (asked) => submitDecisions(approver, asked));
  const wrong: Record<string, unknown> = {
    ...{
      "no items": [],
      "the same twice": [{ ticketId }, { ticketId }],
      "one that never was": [{ ticketId: "none" }],
    },
    "twenty-one items": Array.from({ length: 21 }, () => ({ ticketId: newId() })),
    "a verdict of its own": [{ ticketId, verdict: "approve" }],
    "a version below one": [{ ticketId, version: 0 }],
  };
  return [
    ...people.map(({ title, ctx }) => ({
      name: `${title} to decide in a batch`,
      act: () => submitDecisions(ctx, input(ticketId)),
    })),
    { name: "a batch of what is decided", act: () => submitDecisions(approver, input(decided)) },
    ...Object.entries(wrong).map(([name, items]) => ({
      name: `a batch of decisions with ${name}`,
      act: submit({ items }),
    })),
  ];
}

async function wrongBatches(cast: Cast): Promise<Attempt[]> {
  const [own, vmId] = [await aMachine(cast), await aMachine(await aPlainCast())];
  await db().vm.update({ where: { id: vmId }, data: { status: "RUNNING" }, select: { id: true } });
  const item = { vmId: own, confirm: true };
  const wish = { operation: "DELETE", reason: "over", items: [item] };
  const wrong: Record<string, object> = {
    ...{ "no items": { items: [] }, "too many items": { items: Array.from({ length: 11 }, () => item) } },
    ...{
      "the same machine twice": { items: [item, item] },
      "somebody's machine": { items: [{ ...item, vmId }] },
    },
    ...{
      "mine and somebody's": { items: [item, { ...item, vmId }] },
      "no machine": { items: [{ confirm: true }] },
    },
    ...{ "no confirmation": { items: [{ vmId: own }] }, "an unknown operation": { operation: "MIGRATE" } },
    ...{
      "decisions as machines": { operation: "APPROVE" },
      "power with a removal's item": { operation: "POWER" },
    },
    ...{ "a name with a line break": { requestId: "a\nb" }, "an empty name": { requestId: "" } },
    ...{
      "a name without end": { requestId: "x".repeat(129) },
      "an owner of its own": { createdBy: "another" },
    },
    "power of somebody's machine": { operation: "POWER", items: [{ vmId, operation: "STOP_VM" }] },
    "an operation within that is none": {
      operation: "POWER",
      items: [{ vmId: own, operation: "DELETE_VM" }],
    },
  };
  const submit = throughForm(submitBatchInput, (input) => submitBatch(cast.requester, input));
  const decide = throughForm(decideBatchInput, (input) => decideBatch(cast.approver, input));
  return [
    ...Object.entries(wrong).map(([name, over]) => ({
      name: `a batch with ${name}`,
      act: submit({ ...wish, ...over }),
    })),
    { name: "a batch rejected without a reason", act: decide({ batchId: "any", verdict: "reject" }) },
    { name: "a batch decided otherwise", act: decide({ batchId: "any", verdict: "maybe" }) },
    { name: "a batch that never was", act: decide({ batchId: "none", verdict: "approve" }) },
  ];
}
