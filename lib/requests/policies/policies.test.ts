import fs from "node:fs";
import { beforeEach, describe, expect, test } from "vitest";
import { aHolder, recordsOf } from "@/e2e/factories/account";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { refusalOf } from "@/e2e/factories/refusal";
import { aVmWish } from "@/e2e/factories/request";
import { aService } from "@/e2e/factories/service";
import { db } from "@/lib/core/db";
import type { Context, Person } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { permissions } from "@/lib/vocabulary/permissions";
import { requestConsole } from "../request-console";
import { requestVm } from "../request-vm";
import { createPolicy } from "./create-policy";
import { deletePolicy } from "./delete-policy";
import { decideByPolicy, listPolicies, listShadowDecisions, readPolicy, readPolicyOptions } from "./queries";
import type { PolicyQuestion } from "./rules";
import { createPolicyInput, testPoliciesInput } from "./schema";
import { setPolicyState } from "./set-policy-state";
import { testPolicies } from "./test-policies";
import { updatePolicy } from "./update-policy";

type Actor = Context & { actor: Person };
let admin: Actor;
beforeEach(async () => {
  admin = await anAdministrator();
});

const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const aDraft = (over: Record<string, unknown> = {}) =>
  createPolicyInput.parse({
    name: `rule ${newId()}`,
    effect: "ask",
    operation: "CREATE_VM",
    priority: 5_000,
    ...over,
  });
const aRule = (over: Record<string, unknown> = {}) => createPolicy(admin, aDraft(over));
const rowOf = (id: string) => db().approvalPolicy.findUnique({ where: { id } });

/** A developer with a System of their own, so that rules about it touch nobody else. */
async function aRequester() {
  const ctx = await aPerson("role-development-engineer");
  const service = await aService(ctx);
  const { systemId } = await db().service.findUniqueOrThrow({ where: { id: service.id } });
  const question: PolicyQuestion = {
    operation: "CREATE_VM",
    systemId,
    environment: "test",
    environmentClass: "test",
    requesterId: ctx.actor.id,
    demand: { vms: 1, cpuCores: 4, memoryGi: 8, diskGb: 100, gpus: 0 },
  };
  return { ctx, serviceId: service.id, systemId, question };
}

describe("a rule", () => {
  test("answers as soon as it is made, and the record holds it", async () => {
    const { systemId, question } = await aRequester();
    const { id } = await aRule({ name: `free ${systemId}`, effect: "run", systemId, priority: 10 });

    expect(await decideByPolicy(db(), question)).toEqual({
      effect: "run",
      policyId: id,
      policyName: `free ${systemId}`,
      workflowId: null,
    });
    expect(await recordsOf(admin)).toMatchObject([
      { action: "approval_policy.create", resourceId: id, details: { after: { effect: "run", systemId } } },
    ]);
  });

  test("of an environment's name forgets the class, and one that asks nobody names no steps", async () => {
    const { id } = await aRule({
      effect: "run",
      environment: "prod",
      environmentName: "test",
      workflowId: "none",
    });
    expect(await rowOf(id)).toMatchObject({ environment: "all", environmentName: "test", workflowId: null });
  });

  test.for([
    ["environmentName", "nowhere"],
    ["systemId", "unknown"],
    ["requesterRole", "role-unknown"],
    ["workflowId", "unknown"],
  ] as const)("cannot name a %s that is not there", async ([member, value]) => {
    expect(await outcome(aRule({ [member]: value }))).toBe(`VALIDATION_FAILED ${member}:not_found`);
  });

  test("has a name of its own", async () => {
    const draft = aDraft();
    await createPolicy(admin, draft);
    expect(await outcome(createPolicy(admin, draft))).toBe("VALIDATION_FAILED name:already_exists");
  });

  test("looks at the roles that reach the place, and at the role on the System", async () => {
    const { ctx, systemId, question } = await aRequester();
    const { id } = await aRule({ effect: "run", systemId, requesterRole: "owner", priority: 5 });
    expect((await decideByPolicy(db(), question)).policyId).toBe(id);
    await db().resourceRoleBinding.updateMany({ where: { userId: ctx.actor.id }, data: { role: "member" } });
    expect((await decideByPolicy(db(), question)).policyName).toBe("default-create-vm");

    await updatePolicy(admin, { policyId: id, revision: 1, requesterRole: "role-development-engineer" });
    expect((await decideByPolicy(db(), question)).policyId).toBe(id);
    await db().roleBinding.updateMany({
      where: { userId: ctx.actor.id },
      data: { expiresAt: new Date(Date.now() - 1_000) },
    });
    expect((await decideByPolicy(db(), question)).policyName).toBe("default-create-vm");
  });

  test("that is changed since it was read is not overwritten", async () => {
    const { id } = await aRule({ operation: "CLONE_VM", priority: 50 });
    await updatePolicy(admin, { policyId: id, revision: 1, priority: 40 });

    await expect(updatePolicy(admin, { policyId: id, revision: 1, priority: 30 })).rejects.toMatchObject({
      code: "CONFLICT",
      params: { seen: 1, current: 2 },
    });
    expect(await rowOf(id)).toMatchObject({ priority: 40, revision: 2 });
    expect((await recordsOf(admin)).at(-1)).toMatchObject({
      action: "approval_policy.update",
      details: { before: { priority: 50 }, after: { priority: 40 } },
    });
  });

  test("that is disabled says nothing, and one that is deleted is gone", async () => {
    const { systemId, question } = await aRequester();
    const { id } = await aRule({ effect: "deny", systemId });
    expect((await decideByPolicy(db(), question)).effect).toBe("deny");
    await setPolicyState(admin, { policyId: id, revision: 1, state: "disabled" });
    expect((await decideByPolicy(db(), question)).effect).toBe("ask");

    expect(await outcome(deletePolicy(admin, { policyId: id }))).toBe("DELETE_CONFIRMATION_REQUIRED");
    await deletePolicy(admin, { policyId: id, confirm: true });
    expect(await rowOf(id)).toBeNull();
    expect((await recordsOf(admin)).at(-1)).toMatchObject({
      action: "approval_policy.delete",
      resourceId: id,
    });
  });

  test("that the platform laid down can be changed, and neither renamed nor deleted", async () => {
    const [row] = (await listPolicies(admin, { operation: "STOP_VM" })).filter(({ isDefault }) => isDefault);
    if (row === undefined) throw new Error("the platform has no rule for stopping");
    const { id: policyId, revision } = row;
    expect(await outcome(deletePolicy(admin, { policyId, confirm: true }))).toBe("INVALID_STATE");
    expect(await outcome(updatePolicy(admin, { policyId, revision, name: "mine" }))).toBe(
      "VALIDATION_FAILED name:not_allowed",
    );
    expect(await outcome(updatePolicy(admin, { policyId, revision, priority: 999 }))).toBe("done");
  });

  test("is the business of whoever administers the platform", async () => {
    const { id } = await aRule();
    const { systemId } = await aRequester();
    const almost = await aHolder(...permissions.filter((permission) => permission !== "platform:admin"));
    const question = testPoliciesInput.parse({
      ...{ operation: "START_VM", systemId, environment: "test", requester: almost.actor.id },
    });
    for (const ctx of [almost, await aPerson("role-approval-admin")]) {
      const attempts = [
        createPolicy(ctx, aDraft()),
        updatePolicy(ctx, { policyId: id, revision: 1 }),
        setPolicyState(ctx, { policyId: id, revision: 1, state: "disabled" }),
        deletePolicy(ctx, { policyId: id, confirm: true }),
        testPolicies(ctx, question),
        listPolicies(ctx, {}),
        readPolicy(ctx, id),
        readPolicyOptions(ctx),
        listShadowDecisions(ctx, { perPage: 20 }),
      ];
      expect(new Set(await Promise.all(attempts.map(outcome)))).toEqual(new Set(["PERMISSION_DENIED"]));
    }
  });
});

describe("the funnel", () => {
  test("refuses what a rule denies, names the rule and keeps nothing", async () => {
    const { ctx, serviceId, systemId } = await aRequester();
    await aRule({ name: `no ${systemId}`, effect: "deny", systemId, minCpuCores: 0.5 });
    const wish = await aVmWish(ctx, { serviceId });

    await expect(requestVm(ctx, wish)).rejects.toMatchObject({
      code: "POLICY_DENIED",
      params: { rule: `no ${systemId}` },
    });
    expect(await db().approvalTicket.count({ where: { systemId } })).toBe(0);
  });

  test("writes on the ticket and in the record which rule answered", async () => {
    const { ctx, serviceId, systemId } = await aRequester();
    const { id } = await aRule({ name: `ask ${systemId}`, systemId, priority: 7 });
    const { ticketId } = await requestVm(ctx, await aVmWish(ctx, { serviceId }));

    expect(await db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } })).toMatchObject({
      policyId: id,
      policyName: `ask ${systemId}`,
      policyEffect: "ask",
    });
    expect(await recordsOf(ctx)).toContainEqual(
      expect.objectContaining({
        resourceId: ticketId,
        details: expect.objectContaining({ policy: `ask ${systemId}`, effect: "ask" }) as object,
      }),
    );
  });
});

describe("a console", () => {
  test("that nobody was asked for names its rule in the record, and a refusal refuses it", async () => {
    const vm = await aRunningVm();
    const { ctx } = await aConsoleUser(vm.systemId);
    const asked = { vmId: vm.id, consoleType: "vnc" } as const;
    await requestConsole(ctx, asked);
    expect(await recordsOf(ctx)).toMatchObject([
      { action: "vnc.access", details: { phase: "issued", policy: "default-vnc-access-test" } },
    ]);

    const name = `no ${vm.systemId}`;
    await aRule({ name, operation: "VNC_ACCESS", effect: "deny", systemId: vm.systemId });
    await expect(requestConsole(ctx, asked)).rejects.toMatchObject({
      code: "POLICY_DENIED",
      params: { rule: name },
    });
  });
});

describe("a watching rule", () => {
  test("decides nothing and keeps where it would have decided otherwise", async () => {
    const { ctx, serviceId, systemId } = await aRequester();
    const watching = await aRule({ effect: "deny", systemId, state: "shadow" });
    const agreeing = await aRule({ effect: "ask", systemId, state: "shadow", priority: 3 });

    const { ticketId, status } = await requestVm(ctx, await aVmWish(ctx, { serviceId }));

    expect(status).toBe("PENDING_APPROVAL");
    const { items } = await listShadowDecisions(admin, { perPage: 20, policyId: watching.id });
    expect(items).toMatchObject([
      {
        ticketId,
        actual: { effect: "ask", policyName: "default-create-vm" },
        would: { effect: "deny", policyId: watching.id },
      },
    ]);
    expect((await readPolicy(admin, watching.id)).differences).toBe(1);
    expect((await readPolicy(admin, agreeing.id)).differences).toBe(0);
  });

  test("is watched anew once it says something else", async () => {
    const { ctx, serviceId, systemId } = await aRequester();
    const { id } = await aRule({ effect: "deny", systemId, state: "shadow" });
    await requestVm(ctx, await aVmWish(ctx, { serviceId }));
    await updatePolicy(admin, { policyId: id, revision: 1, minCpuCores: 64 });

    expect((await readPolicy(admin, id)).differences).toBe(0);
    expect((await listShadowDecisions(admin, { perPage: 20, policyId: id })).items).toEqual([]);
  });

  test("in the place of another is asked as if that one were not there, and takes it over when it becomes active", async () => {
    const { ctx, serviceId, systemId, question } = await aRequester();
    const name = `deny ${systemId}`;
    const rule = await aRule({ name, effect: "ask", systemId, priority: 2 });
    const instead = await aRule({
      replacesId: rule.id,
      state: "shadow",
      effect: "ask",
      systemId: null,
      environmentName: "prod",
    });
    const { ticketId } = await requestVm(ctx, await aVmWish(ctx, { serviceId }));
    // The default asks as well, so people would notice nothing.
    expect(await db().policyShadowDecision.count({ where: { ticketId } })).toBe(0);

    await updatePolicy(admin, {
      policyId: instead.id,
      revision: 1,
      effect: "deny",
      environmentName: null,
      systemId,
    });
    expect(await outcome(setPolicyState(admin, { policyId: instead.id, revision: 1, state: "active" }))).toBe(
      "CONFLICT",
    );
    const taken = await setPolicyState(admin, { policyId: instead.id, revision: 2, state: "active" });

    expect(taken).toEqual({ id: rule.id, revision: 2 });
    expect(await rowOf(instead.id)).toBeNull();
    expect(await decideByPolicy(db(), question)).toMatchObject({
      effect: "deny",
      policyId: rule.id,
      policyName: name,
    });
    expect((await recordsOf(admin)).at(-1)).toMatchObject({
      action: "approval_policy.update",
      resourceId: rule.id,
      details: { before: { effect: "ask" }, after: { effect: "deny" }, draftId: instead.id },
    });
  });

  test("cannot stand for a rule as an active one", async () => {
    const rule = await aRule();
    expect(await outcome(aRule({ replacesId: rule.id }))).toBe("VALIDATION_FAILED state:not_allowed");
    const draft = await aRule({ replacesId: rule.id, state: "draft" });
    expect(await outcome(aRule({ replacesId: draft.id, state: "draft" }))).toBe(
      "VALIDATION_FAILED replacesId:not_found",
    );
  });
});

test("the tester says which rule applies and why the others do not", async () => {
  const { ctx, systemId } = await aRequester();
  const big = await aRule({ name: `big ${systemId}`, systemId, minCpuCores: 16, effect: "ask", priority: 1 });
  const small = await aRule({ name: `small ${systemId}`, systemId, effect: "run", priority: 2 });
  const question = { operation: "CREATE_VM", systemId, environment: "test", requester: ctx.actor.username };

  const answer = await testPolicies(admin, testPoliciesInput.parse({ ...question, cpuCores: 4 }));

  expect(answer.decision).toMatchObject({ effect: "run", policyId: small.id });
  expect(answer.requester.roles).toEqual(expect.arrayContaining(["owner", "role-development-engineer"]));
  const standing = new Map(answer.rules.map(({ policy, ...why }) => [policy.id, why]));
  expect(standing.get(big.id)).toEqual({ standing: "fails", failed: ["cpu"] });
  expect(standing.get(small.id)).toEqual({ standing: "decides", failed: [] });
  const bigger = await testPolicies(admin, testPoliciesInput.parse({ ...question, cpuCores: 16 }));
  expect(bigger.decision.policyId).toBe(big.id);

  const refused = (over: object) =>
    outcome(testPolicies(admin, testPoliciesInput.parse({ ...question, ...over })));
  expect(await refused({ requester: "nobody-here" })).toBe("VALIDATION_FAILED requester:not_found");
  expect(await refused({ environment: "nowhere" })).toBe("VALIDATION_FAILED environment:not_found");
  expect(await refused({ systemId: "none" })).toBe("VALIDATION_FAILED systemId:not_found");
});

test("what a rule may name comes with its words", async () => {
  const { environments, roles } = await readPolicyOptions(admin);
  expect(environments.map(({ name }) => name)).toEqual(expect.arrayContaining(["test", "prod"]));
  expect(roles.map(({ id }) => id)).toContain("role-platform-admin");
});

test("what is said of a stop or a restart is laid down for its siblings too, and what only lets run is not", async () => {
  const { systemId } = await aService(admin);
  const question: PolicyQuestion = {
    ...{ operation: "RESET_VM", systemId, environment: "test", environmentClass: "test" },
    ...{ requesterId: admin.actor.id, demand: null },
  };
  const effectOf = async (operation: PolicyQuestion["operation"]) =>
    (await decideByPolicy(db(), { ...question, operation })).effect;
  await aRule({ effect: "deny", operation: "RESTART_VM", systemId, name: `no restarts ${"x".repeat(60)}` });
  await aRule({ effect: "run", operation: "STOP_VM", systemId, priority: 1 });
  await db().approvalPolicy.updateMany({
    where: { name: "default-stop-vm-test" },
    data: { effect: "ask", updatedBy: admin.actor.id },
  });
  await db().approvalPolicy.deleteMany({ where: { name: "default-force-stop-vm-test" } });
  const file = new URL(
    "../../../prisma/migrations/20261124000900_power_policies/migration.sql",
    import.meta.url,
  );
  await db().$executeRawUnsafe(fs.readFileSync(file, "utf8"));
  expect(await effectOf("RESET_VM")).toBe("deny");
  expect(await effectOf("SOFT_REBOOT_VM")).toBe("deny");
  expect(await effectOf("FORCE_STOP_VM")).toBe("ask");
  expect(await effectOf("STOP_VM")).toBe("run");
});
