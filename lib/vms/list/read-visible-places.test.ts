import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { vmIsVisible } from "@/lib/access/visible";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { Prisma } from "@/prisma/generated/client";
import { listVms } from "./queries";

const columns = {
  vmId: Prisma.sql`v.id`,
  serviceId: Prisma.sql`v.service_id`,
  systemId: Prisma.sql`s.system_id`,
  environment: Prisma.sql`n.environment`,
};

let machines: { vmId: string; serviceId: string; systemId: string }[];

beforeAll(async () => {
  const cluster = await aCluster();
  const namespaces = [await aNamespace(), await aNamespace({ environment: "prod" })];
  machines = [];
  for (let index = 0; index < 6; index += 1) {
    const namespace = namespaces[index % 2]?.name ?? "";
    const { id } = await aVm({ clusterId: cluster.id, namespace });
    const { service } = await db().vm.findUniqueOrThrow({ where: { id }, select: { service: true } });
    machines.push({ vmId: id, serviceId: service.id, systemId: service.systemId });
    await aVm({
      clusterId: cluster.id,
      namespace: namespaces[(index + 1) % 2]?.name ?? "",
      serviceId: service.id,
    });
  }
});

const place = fc.nat(5);
const seats = fc.array(
  fc.record({ place, type: fc.constantFrom("vm", "service", "system"), isOver: fc.boolean() }),
  { maxLength: 5 },
);
const bindings = fc.array(
  fc.record({
    role: fc.constantFrom(
      "role-development-engineer",
      "role-viewer",
      "role-approval-admin",
      "role-platform-admin",
    ),
    place: fc.option(place, { freq: 3 }),
    environments: fc.subarray(["test", "prod"]),
    isOver: fc.boolean(),
  }),
  { maxLength: 3 },
);
const token = fc.option(
  fc.record({
    permissions: fc.option(fc.subarray(["vm:read", "system:read", "platform:admin"] as const)),
    environments: fc.option(fc.subarray(["test", "prod"])),
    elevated: fc.constant(false),
  }),
);

test("the places show exactly what the rule of visibility shows, whoever asks", async () => {
  await fc.assert(
    fc.asyncProperty(seats, bindings, token, async (sat, bound, carried) => {
      const person = await aPerson(null);
      await bind(person.actor.id, sat, bound);
      const ctx: Context & { actor: Person } = { ...person, actor: { ...person.actor, token: carried } };
      const listed = (await listVms(ctx, { perPage: 100, sort: "name" })).items.map(({ id }) => id);
      expect(new Set(listed)).toEqual(new Set(await visibleTo(ctx)));
    }),
    { numRuns: 100 },
  );
}, 60_000);

async function visibleTo(ctx: Context): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT v.id FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    WHERE ${vmIsVisible(ctx, columns)}`;
  return rows.map(({ id }) => id);
}

type Values<A> = A extends fc.Arbitrary<infer Value> ? Value : never;

async function bind(
  userId: string,
  sat: Values<typeof seats>,
  bound: Values<typeof bindings>,
): Promise<void> {
  const past = new Date(Date.now() - 60_000);
  const roles = sat.map(({ place: at, type, isOver }) => {
    const machine = machines[at];
    const ids: Record<string, string | undefined> = {
      vm: machine?.vmId,
      service: machine?.serviceId,
      system: machine?.systemId,
    };
    const expiresAt = isOver ? past : null;
    return {
      id: newId(),
      userId,
      role: "viewer",
      resourceType: type,
      resourceId: ids[type] ?? "",
      grantedBy: "test",
      expiresAt,
    };
  });
  await db().resourceRoleBinding.createMany({ data: roles, skipDuplicates: true });
  const grants = bound.map(({ role, place: at, environments, isOver }) => {
    const scopeId = at === null ? null : (machines[at]?.systemId ?? "");
    const scope = { scopeType: at === null ? "global" : "system", scopeId };
    const expiresAt = isOver ? past : null;
    return {
      id: newId(),
      userId,
      roleId: role,
      ...scope,
      allowedEnvironments: environments,
      createdBy: "test",
      expiresAt,
    };
  });
  await db().roleBinding.createMany({ data: grants, skipDuplicates: true });
}
