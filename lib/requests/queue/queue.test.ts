import { describe, expect, test } from "vitest";
import { refused } from "@/e2e/factories/account";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { aService } from "@/e2e/factories/service";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { requestAccess } from "../access/request-access";
import { askForInformation } from "../conversation/ask-for-information";
import { countQueue, listQueue } from "../queries";
import { requestVm } from "../request-vm";
import { approveMany } from "./approve-many";
import { listQueueFacets } from "./queries";
import { rejectMany } from "./reject-many";
import { approveManyInput, type QueueFilter } from "./schema";

type Somebody = Context & { actor: Person };

/** A System of its own, so that its approver's queue holds nothing of other tests. */
async function aDesk() {
  const requester = await aPerson("role-development-engineer");
  const service = await aService(requester);
  const approver = await anApproverOf(service.systemId);
  const ask = async () =>
    (await requestVm(requester, await aVmWish(requester, { serviceId: service.id }))).ticketId;
  return { requester, approver, service, ask };
}

async function anApproverOf(systemId: string): Promise<Somebody> {
  const approver = await aPerson("role-approval-admin");
  await db().roleBinding.updateMany({
    where: { userId: approver.actor.id },
    data: { scopeType: "system", scopeId: systemId },
  });
  return approver;
}

async function age(ticketId: string, days: number) {
  await db().$executeRaw`
    UPDATE approval_tickets SET created_at = now() - make_interval(days => ${days}) WHERE id = ${ticketId}`;
}

async function idsOf(ctx: Context, filter: Partial<QueueFilter> = {}) {
  return (await listQueue(ctx, { perPage: 100, ...filter })).items.map(({ id }) => id);
}

describe("the queue", () => {
  test("what is urgent soonest comes first, in three tiers by age and by the time limit of a step", async () => {
    const { approver, ask } = await aDesk();
    const [fresh, days, old, due] = [await ask(), await ask(), await ask(), await ask()];
    await age(days, 5);
    await age(old, 9);
    await db()
      .$executeRaw`UPDATE approval_steps SET due_at = now() - interval '1 minute' WHERE ticket_id = ${due}`;

    const { items } = await listQueue(approver, { perPage: 100 });

    const tiers = Object.fromEntries(items.map(({ id, tier }) => [id, tier]));
    expect(tiers).toMatchObject({ [fresh]: "normal", [days]: "warning", [old]: "urgent", [due]: "urgent" });
    const aged = items.map(({ id }) => id).filter((id) => id !== due);
    expect(aged).toEqual([old, days, fresh]);
    expect(await idsOf(approver, { tier: "warning" })).toEqual([days]);
  });

  test("its pages follow each other without a gap or a repetition", async () => {
    const { approver, ask } = await aDesk();
    const asked: string[] = [];
    for (let count = 0; count < 5; count += 1) asked.push(await ask());
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listQueue(approver, { perPage: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(5);
    expect(new Set(seen)).toEqual(new Set(asked));
  });

  test("what waits for its requester or on a desk outside waits for nobody here, and has views of its own", async () => {
    const { approver, ask } = await aDesk();
    const [mine, asked, outside] = [await ask(), await ask(), await ask()];
    await askForInformation(approver, { ticketId: asked, question: "?" });
    await db().approvalTicket.update({
      where: { id: outside },
      data: { externalState: "waiting" },
      select: { id: true },
    });

    expect(await idsOf(approver, { view: "mine" })).toEqual([mine]);
    expect(await countQueue(approver)).toBe(1);
    expect(await idsOf(approver, { view: "information" })).toEqual([asked]);
    expect(await idsOf(approver, { view: "outside" })).toEqual([outside]);
    expect(new Set(await idsOf(approver, { view: "watch" }))).toEqual(new Set([mine, asked, outside]));
    const { items } = await listQueue(approver, { perPage: 100 });
    expect(items.filter(({ waitsForMe }) => waitsForMe).map(({ id }) => id)).toEqual([mine]);
  });

  test("it narrows by System, requester, operation, environment and words, and offers what there is", async () => {
    const { requester, approver, service, ask } = await aDesk();
    const ticketId = await ask();
    const yes: Partial<QueueFilter>[] = [
      { systemId: service.systemId },
      { requesterId: requester.actor.id },
      { operationType: "CREATE" },
      { environment: "test" },
      { q: "CACHE" },
    ];
    for (const filter of yes) expect(await idsOf(approver, filter)).toEqual([ticketId]);
    const no: Partial<QueueFilter>[] = [
      { systemId: "other" },
      { requesterId: approver.actor.id },
      { operationType: "POWER" },
      { environment: "prod" },
      { q: "nothing like it" },
    ];
    for (const filter of no) expect(await idsOf(approver, filter)).toEqual([]);
    expect(await listQueueFacets(approver)).toMatchObject({
      systems: [{ id: service.systemId }],
      requesters: [{ id: requester.actor.id }],
    });
  });

  test("whoever watches no desk sees nothing of it", async () => {
    const { ask, requester } = await aDesk();
    await ask();
    const stranger = await aPerson("role-development-engineer");
    for (const view of ["mine", "watch", "information", "outside"] as const)
      expect(await idsOf(stranger, { view })).toEqual([]);
    expect(await listQueueFacets(stranger)).toEqual({ systems: [], requesters: [] });
    expect(await countQueue(requester)).toBe(0);
  });
});

describe("deciding many", () => {
  test("each is decided alone and has its own result, in the order asked", async () => {
    const keeper = await aPerson("role-development-engineer");
    const { systemId } = await aService(keeper);
    await db().system.update({ where: { id: systemId }, data: { listed: true }, select: { id: true } });
    const wish = { systemId, role: "viewer", days: 7, reason: "On call" } as const;
    const askers = await Promise.all(Array.from({ length: 6 }, () => aPerson(null)));
    const asked = await Promise.all(askers.map((asker) => requestAccess(asker, wish)));
    const items = asked.map(({ ticketId }) => ({ ticketId, version: 1 }));
    const stale = { ticketId: items[2]?.ticketId ?? "", version: 9 };

    const { results } = await approveMany(keeper, {
      items: [...items.slice(0, 2), stale, { ticketId: "no-such-ticket" }, ...items.slice(3)],
    });

    expect(results.map(({ code }) => code)).toEqual([
      null,
      null,
      "CONFLICT",
      "RESOURCE_NOT_FOUND",
      null,
      null,
      null,
    ]);
    expect(results[3]?.params).toEqual({});
    const states = await db().approvalTicket.findMany({
      where: { systemId },
      select: { id: true, status: true },
    });
    expect(states.filter(({ status }) => status === "PENDING").map(({ id }) => id)).toEqual([stale.ticketId]);
    expect(await db().auditLog.count({ where: { action: "approval.approve", parentId: systemId } })).toBe(5);
  });

  test("many are rejected for one reason, which each requester reads; one's own is refused", async () => {
    const { approver, ask } = await aDesk();
    const first = await ask();
    const second = await ask();
    const { results } = await rejectMany(approver, {
      items: [{ ticketId: first }, { ticketId: second }],
      reason: "The freeze is on",
    });
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(await db().approvalTicket.count({ where: { rejectReason: "The freeze is on" } })).toBe(2);
    const again = await rejectMany(approver, { items: [{ ticketId: first }], reason: "Again" });
    expect(again.results).toMatchObject([{ ok: false, code: "INVALID_STATE" }]);
  });

  test("a second factor is asked for once, before anything is decided, where one is for production", async () => {
    const requester = await aPerson("role-development-engineer", { environments: ["test", "prod"] });
    const approver = await aPerson("role-approval-admin", { environments: ["test", "prod"] });
    const namespace = await aNamespace({ environment: "prod" });
    const inTest = await requestVm(requester, await aVmWish(requester));
    const inProd = await requestVm(requester, await aVmWish(requester, { namespace: namespace.name }));
    const stale = { ...approver, actor: { ...approver.actor, mfaAt: null } };
    const items = [{ ticketId: inTest.ticketId }, { ticketId: inProd.ticketId }];

    expect(await refused(approveMany(stale, { items }))).toMatchObject({
      code: "MFA_REQUIRED",
      params: { purpose: "approve_in_production" },
    });
    expect(
      await db().auditLog.count({
        where: { resourceId: { in: items.map(({ ticketId }) => ticketId) }, actorId: approver.actor.id },
      }),
    ).toBe(0);
  });

  test("twenty at most, and each once", () => {
    const some = (count: number) => Array.from({ length: count }, (_, index) => ({ ticketId: `t${index}` }));
    expect(approveManyInput.safeParse({ items: some(20) }).success).toBe(true);
    expect(approveManyInput.safeParse({ items: some(21) }).success).toBe(false);
    expect(approveManyInput.safeParse({ items: [] }).success).toBe(false);
    expect(approveManyInput.safeParse({ items: [...some(1), ...some(1)] }).success).toBe(false);
  });
});
