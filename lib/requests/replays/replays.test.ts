import { beforeAll, describe, expect, test } from "vitest";
import { recordsOf } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { db } from "@/lib/core/db";
import type { Context, Person } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { createPolicy } from "../policies/create-policy";
import { createPolicyInput, policyValues } from "../policies/schema";
import { previewChanges } from "./preview-changes";
import { listReplayDifferences, listReplays, readReplay } from "./queries";
import { replayPolicies } from "./replay-policies";
import { previewWorkflowChanges } from "./preview-workflow-changes";
import { runReplay } from "./run-replay.handler";
import { previewChangesInput, previewWorkflowChangesInput, replayPoliciesInput } from "./schema";

type Actor = Context & { actor: Person };
let admin: Actor;
let alice: Actor;
let bob: Actor;
const systemId = newId();
const hourMs = 3_600_000;

interface Asked {
  by: Actor;
  cpuCores: number;
  count: number;
  hoursAgo?: number;
}

/** Requests as they stand after somebody decided; ids ascend as those of real ones do. */
async function haveAsked({ by, cpuCores, count, hoursAgo = 48 }: Asked) {
  const at = new Date(Date.now() - hoursAgo * hourMs);
  await db().approvalTicket.createMany({
    data: Array.from({ length: count }, () => ({
      id: newId(),
      eventId: newId(),
      operationType: "CREATE",
      operation: "CREATE_VM",
      status: "SUCCESS",
      requesterId: by.actor.id,
      requesterName: by.actor.displayName,
      reason: "A cache",
      policyName: "default-create-vm",
      policyEffect: "ask",
      demand: { vms: 1, cpuCores, memoryGi: 8, diskGb: 50, gpus: 0 },
      resourceType: "vm",
      duplicateKey: newId(),
      systemId,
      systemName: "shop",
      serviceId: "web",
      serviceName: "web",
      namespace: "test-shop",
      environment: "test",
      createdAt: at,
    })),
  });
}

const aRule = (over: Record<string, unknown>) =>
  createPolicy(
    admin,
    createPolicyInput.parse({
      name: `rule ${newId()}`,
      operation: "CREATE_VM",
      systemId,
      state: "draft",
      ...over,
    }),
  );
const replay = (over: Record<string, unknown>) => replayPolicies(admin, replayPoliciesInput.parse(over));

beforeAll(async () => {
  [admin, alice, bob] = await Promise.all([
    anAdministrator(),
    aPerson("role-development-engineer"),
    aPerson("role-development-engineer"),
  ]);
  const system = { id: systemId, name: `s${systemId.slice(-8)}`, createdBy: "test" };
  await db().system.create({ data: system, select: { id: true } });
  await haveAsked({ by: alice, cpuCores: 2, count: 120 });
  await haveAsked({ by: bob, cpuCores: 4, count: 60 });
  await haveAsked({ by: bob, cpuCores: 16, count: 40 });
  await haveAsked({ by: alice, cpuCores: 2, count: 5, hoursAgo: 24 * 200 });
});

describe("a replay", () => {
  test("tells which of 220 requests small machines run by themselves would have changed, and for whom", async () => {
    const run = await aRule({ name: "small ones run", effect: "run", priority: 20 });
    const ask = await aRule({ name: "big ones ask", effect: "ask", priority: 10, minCpuCores: 8 });

    const { id, state } = await replay({ days: 30, put: [run.id, ask.id] });

    expect(state).toBe("done");
    const detail = await readReplay(admin, id);
    expect(detail).toMatchObject({ total: 220, done: 220, differing: 180, uncertain: 0 });
    expect(detail.changes.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "put small ones run",
      "put big ones ask",
    ]);
    expect(detail.groups).toEqual([
      {
        operation: "CREATE_VM",
        nowEffect: "ask",
        nowPolicy: "default-create-vm",
        thenEffect: "run",
        thenPolicy: "small ones run",
        requests: 180,
        people: 2,
      },
    ]);
    expect(await recordsOf(admin)).toContainEqual(
      expect.objectContaining({ action: "approval_policy.replay", resourceId: id }),
    );
  });

  test("lists every difference once, by pages", async () => {
    const { id: draftId } = await aRule({ effect: "deny", minCpuCores: 4 });
    const { id } = await replay({ put: [draftId] });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listReplayDifferences(admin, { replayId: id, perPage: 30, cursor });
      expect(new Set(page.items.map(({ requesterName }) => requesterName))).toEqual(
        new Set([bob.actor.displayName]),
      );
      seen.push(...page.items.map(({ ticketId }) => ticketId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(100);
    expect(new Set(seen).size).toBe(100);
    expect((await listReplays(admin, { perPage: 1 })).items).toMatchObject([{ id, differing: 100 }]);
  });

  test("of a rule that is left out finds the rule that answers then, which is no difference where it asks too", async () => {
    const active = await aRule({ effect: "run", state: "active", minCpuCores: 16, priority: 1 });
    const { id } = await replay({ leaveOut: [active.id] });
    const { groups, differing } = await readReplay(admin, id);
    expect(differing).toBe(40);
    expect(groups).toMatchObject([
      { nowEffect: "run", thenEffect: "ask", thenPolicy: "default-create-vm", people: 1 },
    ]);

    const draft = await aRule({ replacesId: active.id, effect: "ask", minCpuCores: 16, priority: 1 });
    const replaced = await replay({ put: [draft.id] });
    expect(await readReplay(admin, replaced.id)).toMatchObject({
      differing: 40,
      changes: [{ kind: "replace" }],
    });
    await db().approvalPolicy.delete({ where: { id: active.id } });
  });

  test("counts the roles of that time, and says where nobody can tell them any more", async () => {
    const carol = await aPerson("role-test-engineer");
    await haveAsked({ by: carol, cpuCores: 1, count: 3, hoursAgo: 2 });
    const day = 24 * hourMs;
    await db().roleBinding.updateMany({
      where: { userId: { in: [carol.actor.id, alice.actor.id] } },
      data: { createdAt: new Date(Date.now() - 10 * day) },
    });
    const draft = await aRule({ effect: "run", requesterRole: "role-test-engineer" });
    const before = await replay({ put: [draft.id] });
    expect(await readReplay(admin, before.id)).toMatchObject({ differing: 3, uncertain: 0 });

    // Given after the requests, so that it does not count for them.
    await db().roleBinding.updateMany({ where: { userId: carol.actor.id }, data: { createdAt: new Date() } });
    const later = await replay({ put: [draft.id] });
    expect(await readReplay(admin, later.id)).toMatchObject({ differing: 0 });

    await db().roleBinding.updateMany({
      where: { userId: carol.actor.id },
      data: { createdAt: new Date(Date.now() - 10 * day) },
    });
    await db().auditLog.create({
      data: {
        id: newId(),
        action: "role.revoke",
        actorId: admin.actor.id,
        actorName: "admin",
        resourceType: "user",
        resourceId: carol.actor.id,
        correlationId: newId(),
      },
    });
    const uncertain = await replay({ put: [draft.id] });
    expect(await readReplay(admin, uncertain.id)).toMatchObject({ differing: 3, uncertain: 3 });
    await db().approvalTicket.deleteMany({ where: { requesterId: carol.actor.id } });
  });

  test("of very many requests is the worker's, and two workers at once count each request once", async () => {
    const dave = await aPerson("role-development-engineer");
    await haveAsked({ by: dave, cpuCores: 1, count: 2_100 });
    const draft = await aRule({ effect: "run", minCpuCores: 1 });

    const { id, state } = await replay({ put: [draft.id] });

    expect(state).toBe("queued");
    const jobs = await db().$queryRaw<unknown[]>`
      SELECT 1 FROM pgboss.job WHERE name = 'requests.replay' AND data ->> 'replayId' = ${id}`;
    expect(jobs).toHaveLength(1);
    await Promise.all([runReplay({ replayId: id }), runReplay({ replayId: id })]);
    expect(await readReplay(admin, id)).toMatchObject({
      state: "done",
      total: 2_320,
      done: 2_320,
      differing: 2_320,
    });
    expect(await db().policyReplayRow.count({ where: { replayId: id } })).toBe(2_320);
    await db().approvalTicket.deleteMany({ where: { requesterId: dave.actor.id } });
  });

  test("is asked for by whoever administers the platform, about rules that exist", async () => {
    const outsider = await aPerson("role-approval-admin");
    const input = replayPoliciesInput.parse({});
    const attempts = [
      replayPolicies(outsider, input),
      previewChanges(outsider, previewChangesInput.parse({})),
      listReplays(outsider, { perPage: 20 }),
      readReplay(outsider, "any"),
      listReplayDifferences(outsider, { replayId: "any", perPage: 20 }),
    ];
    const outcomes = await Promise.all(attempts.map((attempt) => attempt.catch(refusalOf)));
    expect(outcomes).toEqual(attempts.map(() => "PERMISSION_DENIED"));
    expect(await replay({ put: ["gone"] }).catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
    expect(await readReplay(admin, "gone").catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
  });
});

test("the editor's rule says at once what it would have changed, and nothing is kept of it", async () => {
  const rule = policyValues.parse({
    name: "on the screen",
    effect: "deny",
    operation: "ALL",
    systemId,
    minCpuCores: 16,
  });
  const before = await db().policyReplay.count();

  const preview = await previewChanges(admin, previewChangesInput.parse({ rule }));

  expect(preview).toMatchObject({ total: 220, truncated: false, differing: 40, people: 1, uncertain: 0 });
  expect(preview.groups).toMatchObject([
    { nowEffect: "ask", thenEffect: "deny", thenPolicy: "on the screen" },
  ]);
  expect(await db().policyReplay.count()).toBe(before);
});

describe("a workflow in the builder", () => {
  const aDraft = (over: object) =>
    previewWorkflowChangesInput.parse({
      workflow: {
        name: "two steps",
        match: { systemId, minCpuCores: 16 },
        steps: [
          { name: "owners", approvers: [{ kind: "owners" }] },
          { name: "board", approvers: [{ kind: "holders" }] },
          { name: "gpu", approvers: [{ kind: "holders" }], condition: { requiresGpu: true } },
        ],
        ...over,
      },
    });

  test("tells who would have had to approve, and leaves out the steps that would have been passed over", async () => {
    const approver = await aPerson("role-approval-admin");
    const told = await previewWorkflowChanges(admin, aDraft({}));

    expect(told).toMatchObject({ total: 220, differing: 40, people: 1, truncated: false });
    const [group] = told.groups;
    expect(group).toMatchObject({ operation: "CREATE_VM", requests: 40, now: { workflowName: null } });
    expect(group?.now.steps.map(({ people }) => people)).toEqual([
      expect.arrayContaining([approver.actor.displayName]),
    ]);
    expect(group?.then.steps.map(({ name }) => name)).toEqual(["owners", "board"]);
    expect(group?.then.steps[1]?.people).toContain(approver.actor.displayName);
    expect(group?.then.steps[1]?.people).not.toContain(bob.actor.displayName);
  });

  test("that is switched off, or asks the same people, changes nothing", async () => {
    expect(await previewWorkflowChanges(admin, aDraft({ enabled: false }))).toMatchObject({ differing: 0 });
    const same = aDraft({ steps: [{ approvers: [{ kind: "holders" }] }] });
    expect(await previewWorkflowChanges(admin, same)).toMatchObject({ differing: 0, groups: [] });
  });

  test("is the business of whoever administers the platform", async () => {
    const outsider = await aPerson("role-approval-admin");
    expect(await previewWorkflowChanges(outsider, aDraft({})).catch(refusalOf)).toBe("PERMISSION_DENIED");
  });
});
