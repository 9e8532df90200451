import { beforeAll, describe, expect, test } from "vitest";
import { Prisma } from "@/prisma/generated/client";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { randomFrom } from "@/e2e/faults/random";
import type { Context, Person, TokenReach } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import type { Permission, ResourceRole } from "@/lib/vocabulary/permissions";
import { authorize, isAuthorized } from "./authorize";
import { requireStepUp } from "./require-step-up";
import { isPlatformAdmin, systemIsVisible, vmIsVisible } from "./visible";

interface Machine {
  id: string;
  serviceId: string;
  systemId: string;
  environment: string;
}

const machines: Machine[] = [];

beforeAll(async () => {
  const cluster = await aCluster();
  for (const environment of ["test", "prod", "test", "prod"]) {
    const namespace = await aNamespace({ environment });
    const { id } = await aVm({ clusterId: cluster.id, namespace: namespace.name });
    const { serviceId, service } = await db().vm.findUniqueOrThrow({
      where: { id },
      select: { serviceId: true, service: { select: { systemId: true } } },
    });
    machines.push({ id, serviceId, systemId: service.systemId, environment });
  }
});

type Actor = Context & { actor: Person };

function withToken(ctx: Actor, token: TokenReach): Actor {
  return { ...ctx, actor: { ...ctx.actor, token } };
}

function scopeOf({ id, serviceId, systemId, environment }: Machine) {
  return { vmId: id, serviceId, systemId, environment };
}

async function giveRole(
  ctx: Actor,
  role: ResourceRole,
  resource: { type: string; id: string },
  expiresAt?: Date,
) {
  const place = { resourceType: resource.type, resourceId: resource.id };
  await db().resourceRoleBinding.create({
    data: {
      id: newId(),
      userId: ctx.actor.id,
      role,
      ...place,
      grantedBy: "test",
      expiresAt: expiresAt ?? null,
    },
    select: { id: true },
  });
}

async function bind(
  ctx: Actor,
  roleId: string,
  over: { systemId?: string; environments: string[]; expiresAt?: Date },
): Promise<void> {
  const scope =
    over.systemId === undefined
      ? { scopeType: "global", scopeId: null }
      : { scopeType: "system", scopeId: over.systemId };
  await db().roleBinding.create({
    data: {
      id: newId(),
      userId: ctx.actor.id,
      roleId,
      ...scope,
      allowedEnvironments: over.environments,
      expiresAt: over.expiresAt ?? null,
      createdBy: "test",
    },
    select: { id: true },
  });
}

async function visibleVms(ctx: Context, permission: Permission): Promise<string[]> {
  const columns = {
    vmId: Prisma.sql`v.id`,
    serviceId: Prisma.sql`s.id`,
    systemId: Prisma.sql`s.system_id`,
    environment: Prisma.sql`n.environment`,
  };
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT v.id FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    WHERE ${vmIsVisible(ctx, columns, permission)} ORDER BY v.id`;
  return rows.map(({ id }) => id);
}

describe("the check", () => {
  test("without any role on it a machine does not exist, whatever the permissions", async () => {
    const ctx = await aPerson("role-system-operator");
    await expect(
      authorize(db(), ctx, "vm:read", { ...scopeOf(first()), role: "viewer" }),
    ).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND", params: {} });
  });

  test("too low a role is told what is held and what is needed, and where", async () => {
    const ctx = await aPerson("role-system-operator");
    await giveRole(ctx, "viewer", { type: "system", id: first().systemId });
    await expect(
      authorize(db(), ctx, "vm:operate", { ...scopeOf(first()), role: "member" }),
    ).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      params: {
        permission: "vm:operate",
        systemId: first().systemId,
        roleNeeded: "member",
        roleHeld: "viewer",
      },
    });
  });

  test("the role nearest to the machine wins, above and below", async () => {
    const ctx = await aPerson("role-system-operator");
    await giveRole(ctx, "owner", { type: "system", id: first().systemId });
    await giveRole(ctx, "viewer", { type: "vm", id: first().id });
    expect(await isAuthorized(db(), ctx, "vm:operate", { ...scopeOf(first()), role: "member" })).toBe(false);
    expect(await isAuthorized(db(), ctx, "vm:read", { ...scopeOf(first()), role: "viewer" })).toBe(true);
  });

  test("an expired role and an expired binding count as none", async () => {
    const past = new Date(Date.now() - 1_000);
    const ctx = await aPerson("role-system-operator");
    await giveRole(ctx, "owner", { type: "system", id: first().systemId }, past);
    await expect(
      authorize(db(), ctx, "vm:read", { ...scopeOf(first()), role: "viewer" }),
    ).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });

    const other = await aPerson(null);
    await bind(other, "role-system-operator", { environments: ["test"], expiresAt: past });
    expect(await isAuthorized(db(), other, "system:read")).toBe(false);
  });

  test("an empty list of environments reaches none", async () => {
    const ctx = await aPerson("role-system-operator", { environments: [] });
    await giveRole(ctx, "owner", { type: "system", id: first().systemId });
    await expect(
      authorize(db(), ctx, "vm:read", { ...scopeOf(first()), role: "viewer" }),
    ).rejects.toMatchObject({ code: "PERMISSION_DENIED", params: { environment: "test" } });
  });

  test("an approver bound to one System decides there and nowhere else", async () => {
    const ctx = await aPerson(null);
    await bind(ctx, "role-approval-admin", { systemId: first().systemId, environments: ["test"] });
    const decides = (systemId: string) =>
      isAuthorized(db(), ctx, "builtin_approval:approve", { systemId, environment: "test" });
    expect(await decides(first().systemId)).toBe(true);
    expect(await decides(machines[2]?.systemId ?? "")).toBe(false);
  });

  test.each([
    ["verify_mfa", "MFA_REQUIRED"],
    ["change_password", "PASSWORD_CHANGE_REQUIRED"],
    ["enroll_mfa", "MFA_REQUIRED"],
  ] as const)(
    "a sign-in that lacks %s passes no check, an administrator's neither",
    async (pendingStep, code) => {
      const ctx = await aPerson("role-platform-admin");
      const unfinished = { ...ctx, actor: { ...ctx.actor, pendingStep } };
      await expect(authorize(db(), unfinished, "vm:read")).rejects.toMatchObject({
        code,
        params: { step: pendingStep, purpose: "sign_in" },
      });
    },
  );
});

describe("a token", () => {
  const narrow: TokenReach = { permissions: ["vm:read"], environments: ["test"], elevated: false };

  test("carries only what it was issued for, an administrator's too", async () => {
    const ctx = withToken(await aPerson("role-platform-admin", { environments: ["test", "prod"] }), narrow);
    expect(await isAuthorized(db(), ctx, "vm:read", { ...scopeOf(first()), role: "viewer" })).toBe(true);
    await expect(authorize(db(), ctx, "vm:delete", scopeOf(first()))).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "vm:delete", reason: "token" },
    });
    expect(await isAuthorized(db(), ctx, "platform:admin")).toBe(false);
    expect(await visibleVms(ctx, "vm:read")).toEqual(idsIn("test"));
    expect(await visibleVms(ctx, "vm:operate")).toEqual([]);
    const [row] = await db().$queryRaw<{ passes: boolean }[]>`SELECT ${isPlatformAdmin(ctx)} AS passes`;
    expect(row?.passes).toBe(false);
  });

  test("never gives what its owner lacks", async () => {
    const all: TokenReach = { permissions: null, environments: null, elevated: true };
    const ctx = withToken(await aPerson("role-viewer"), all);
    expect(await isAuthorized(db(), ctx, "vm:delete", scopeOf(first()))).toBe(false);
    expect(await visibleVms(ctx, "vm:read")).toEqual([]);
  });

  test("tells whoever has no role that nothing is there, and not what it lacks", async () => {
    const ctx = withToken(await aPerson("role-system-operator"), { ...narrow, permissions: [] });
    await expect(
      authorize(db(), ctx, "vm:read", { ...scopeOf(first()), role: "viewer" }),
    ).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
  });
});

describe("a fresh second factor", () => {
  const at = (ctx: Actor, over: Partial<Person>): Context => ({ ...ctx, actor: { ...ctx.actor, ...over } });
  const minutesAgo = (ctx: Actor, minutes: number) => new Date(ctx.now.getTime() - minutes * 60_000);

  test("counts for ten minutes and not a second longer", async () => {
    const ctx = await aPerson("role-platform-admin");
    await requireStepUp(db(), at(ctx, { mfaAt: minutesAgo(ctx, 10) }), "grant_role");
    const late = at(ctx, { mfaAt: new Date(minutesAgo(ctx, 10).getTime() - 1_000) });
    await expect(requireStepUp(db(), late, "grant_role")).rejects.toMatchObject({ code: "MFA_REQUIRED" });
    const never = at(ctx, { mfaAt: null, hasSecondFactor: false });
    await expect(requireStepUp(db(), never, "grant_role")).rejects.toMatchObject({
      params: { purpose: "grant_role", isEnrolled: false },
    });
  });

  test("is not had by a token, except by one that was issued under it", async () => {
    const ctx = await aPerson("role-platform-admin");
    const token = { permissions: null, environments: null, elevated: false };
    await expect(requireStepUp(db(), withToken(ctx, token), "grant_role")).rejects.toMatchObject({
      code: "MFA_REQUIRED",
    });
    await requireStepUp(db(), withToken(ctx, { ...token, elevated: true }), "grant_role");
  });
});

test("what a list shows is what the check allows, for 150 random people and tokens", async () => {
  const random = randomFrom(20_261_122);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  let shown = 0;
  for (let round = 0; round < 150; round += 1) {
    const ctx = await aRandomPerson(random, pick);
    const permission = pick(["vm:read", "vm:operate", "vnc:access"] as const);
    const allowed: string[] = [];
    for (const machine of machines) {
      const scope = { ...scopeOf(machine), role: "viewer" } as const;
      if (await isAuthorized(db(), ctx, permission, scope)) allowed.push(machine.id);
    }
    shown += allowed.length;
    expect(await visibleVms(ctx, permission)).toEqual(allowed.toSorted());
    for (const { systemId } of machines) {
      const scope = { systemId, role: "viewer" } as const;
      const [row] = await db().$queryRaw<{ seen: boolean }[]>`
        SELECT ${systemIsVisible(ctx, Prisma.sql`${systemId}`)} AS seen`;
      expect(row?.seen).toBe(await isAuthorized(db(), ctx, "system:read", scope));
    }
  }
  // A property that holds because nobody ever sees anything proves nothing.
  expect(shown).toBeGreaterThan(50);
});

type Pick = <Item>(items: readonly Item[]) => Item;

async function aRandomPerson(random: () => number, pick: Pick): Promise<Actor> {
  const ctx = await aPerson(null);
  const roles = [
    "role-viewer",
    "role-system-operator",
    "role-approval-admin",
    "role-platform-admin",
  ] as const;
  const environments = [[], ["test"], ["prod"], ["test", "prod"]];
  const bindings = new Map<string, string>();
  for (let count = 1 + Math.floor(random() * 3); count > 0; count -= 1) {
    const roleId = random() < 0.1 ? roles[3] : pick(roles.slice(0, 3));
    const systemId = random() < 0.5 ? undefined : pick(machines).systemId;
    if (bindings.has(`${roleId}/${systemId}`)) continue;
    bindings.set(`${roleId}/${systemId}`, roleId);
    const expiresAt = random() < 0.2 ? new Date(Date.now() - 60_000) : undefined;
    await bind(ctx, roleId, {
      environments: pick(environments),
      ...(systemId === undefined ? {} : { systemId }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
    });
  }
  const places = new Set<string>();
  for (let count = 1 + Math.floor(random() * 4); count > 0; count -= 1) {
    const machine = pick(machines);
    const type = pick(["system", "service", "vm"] as const);
    const id = { system: machine.systemId, service: machine.serviceId, vm: machine.id }[type];
    if (places.has(id)) continue;
    places.add(id);
    const expiresAt = random() < 0.2 ? new Date(Date.now() - 60_000) : undefined;
    await giveRole(ctx, pick(["owner", "admin", "member", "viewer"] as const), { type, id }, expiresAt);
  }
  if (random() < 0.6) return ctx;
  return withToken(ctx, {
    permissions: pick([null, [], ["vm:read", "system:read"], ["platform:admin"]] as const),
    environments: pick([null, ["test"], ["prod"]] as const),
    elevated: false,
  });
}

function first(): Machine {
  const machine = machines[0];
  if (machine === undefined) throw new Error("no machine was made");
  return machine;
}

function idsIn(environment: string): string[] {
  return machines
    .filter((machine) => machine.environment === environment)
    .map(({ id }) => id)
    .toSorted();
}
