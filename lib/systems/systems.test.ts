import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { bindResourceRole } from "@/lib/access/bind-resource-role";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import { createService } from "./create-service";
import { createSystem } from "./create-system";
import { deleteService } from "./delete-service";
import { deleteSystem } from "./delete-system";
import { listServices, listSystems, readSystem } from "./queries";
import { updateSystem } from "./update-system";

const developer = "role-development-engineer";
const aName = () => `s${newId().slice(-8)}`;

async function aMember(systemId: string, role: ResourceRole) {
  const person = await aPerson(developer);
  const resource = { type: "system", id: systemId } as const;
  await inTransaction((tx) => bindResourceRole(tx, person, { userId: person.actor.id, role, resource }));
  return person;
}

describe("creating", () => {
  test("whoever creates a system owns it, and event and records are written with it", async () => {
    const person = await aPerson(developer);

    const system = await createSystem(person, { name: aName(), description: "" });

    const binding = await db().resourceRoleBinding.findFirstOrThrow({ where: { resourceId: system.id } });
    expect(binding).toMatchObject({ userId: person.actor.id, role: "owner" });
    expect(
      await db().domainEvent.count({ where: { aggregateId: system.id, eventType: "SYSTEM_CREATED" } }),
    ).toBe(1);
    expect(await db().auditLog.count({ where: { resourceId: system.id, action: "system.create" } })).toBe(1);
  });

  test.for(["admin", "default", "kube-apps", "kubevirt-shepherd-x"])(
    "the name %s is reserved",
    async (name) => {
      const person = await aPerson(developer);

      await expect(createSystem(person, { name, description: "" })).rejects.toMatchObject({
        code: "VALIDATION_FAILED",
        fields: [{ field: "name", code: "reserved" }],
      });
    },
  );

  test("a taken name is refused on its field and leaves nothing behind", async () => {
    const person = await aPerson(developer);
    const { name } = await createSystem(person, { name: aName(), description: "" });
    const before = await db().auditLog.count();

    await expect(createSystem(person, { name, description: "" })).rejects.toMatchObject({
      fields: [{ field: "name", code: "already_exists" }],
    });
    expect(await db().auditLog.count()).toBe(before);
  });

  test("a viewer of the platform creates nothing", async () => {
    const viewer = await aPerson("role-viewer");

    await expect(createSystem(viewer, { name: aName(), description: "" })).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "system:write" },
    });
  });
});

describe("seeing", () => {
  test("a system is there for its people and for nobody else", async () => {
    const owner = await aPerson(developer);
    const stranger = await aPerson(developer);
    const system = await createSystem(owner, { name: aName(), description: "" });
    const filter = { perPage: 100 };

    expect((await listSystems(owner, filter)).items.map(({ id }) => id)).toContain(system.id);
    expect((await listSystems(stranger, filter)).items.map(({ id }) => id)).not.toContain(system.id);
    await expect(readSystem(stranger, system.id)).rejects.toMatchObject({ code: "RESOURCE_NOT_FOUND" });
    await expect(
      createService(stranger, { systemId: system.id, name: "web", description: "" }),
    ).rejects.toMatchObject({
      code: "RESOURCE_NOT_FOUND",
    });
    expect(await readSystem(await anAdministrator(), system.id)).toMatchObject({ id: system.id, role: null });
  });

  test("a list goes on where its cursor ends, without gap or repetition", async () => {
    const owner = await aPerson(developer);
    const names = Array.from({ length: 5 }, aName);
    for (const name of names) await createSystem(owner, { name, description: "" });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listSystems(owner, { perPage: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);

    expect(seen).toEqual(names.toSorted());
  });
});

describe("changing", () => {
  test.for([
    ["owner", null],
    ["admin", null],
    ["member", "PERMISSION_DENIED"],
    ["viewer", "PERMISSION_DENIED"],
  ] as const)("as %s the description changes or is refused: %s", async ([role, code]) => {
    const owner = await aPerson(developer);
    const system = await createSystem(owner, { name: aName(), description: "old" });
    const person = await aMember(system.id, role);

    const change = updateSystem(person, { systemId: system.id, description: "new" });

    if (code === null) await change;
    else
      await expect(change).rejects.toMatchObject({ code, params: { roleNeeded: "admin", roleHeld: role } });
    const { description } = await db().system.findUniqueOrThrow({ where: { id: system.id } });
    expect(description).toBe(code === null ? "new" : "old");
  });
});

describe("deleting", () => {
  test("a service with machines stays", async () => {
    const owner = await aPerson(developer);
    const administrator = await anAdministrator();
    const cluster = await aCluster();
    const namespace = await aNamespace();
    const service = await aService(owner);
    await aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId: service.id });

    await expect(
      deleteService(administrator, { serviceId: service.id, confirm: true }),
    ).rejects.toMatchObject({
      code: "DELETE_RESTRICTED",
      params: { entity: "service", children: "vms", childCount: 1 },
    });
  });

  test("a system wants its name typed, has no services left, and goes with its members", async () => {
    const owner = await aPerson(developer);
    const administrator = await anAdministrator();
    const service = await aService(owner);
    const system = await db().system.findUniqueOrThrow({ where: { id: service.systemId } });
    const remove = (confirmName?: string) =>
      deleteSystem(administrator, {
        systemId: system.id,
        ...(confirmName === undefined ? {} : { confirmName }),
      });

    await expect(remove()).rejects.toMatchObject({ code: "DELETE_CONFIRMATION_REQUIRED" });
    await expect(remove("wrong")).rejects.toMatchObject({
      code: "CONFIRMATION_NAME_MISMATCH",
      params: { expected: system.name, provided: "wrong" },
    });
    await expect(remove(system.name)).rejects.toMatchObject({ code: "DELETE_RESTRICTED" });
    await deleteService(administrator, { serviceId: service.id, confirm: true });
    await remove(system.name);

    expect(await db().system.count({ where: { id: system.id } })).toBe(0);
    expect(await db().resourceRoleBinding.count({ where: { resourceId: system.id } })).toBe(0);
    expect(
      await db().auditLog.count({ where: { resourceId: system.id, action: "system.delete_executed" } }),
    ).toBe(1);
  });

  test("three wrong names in five minutes are enough", async () => {
    const owner = await aPerson(developer);
    const administrator = await anAdministrator();
    const system = await createSystem(owner, { name: aName(), description: "" });
    const remove = (confirmName: string) => deleteSystem(administrator, { systemId: system.id, confirmName });
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(remove("wrong")).rejects.toMatchObject({ code: "CONFIRMATION_NAME_MISMATCH" });
    }

    await expect(remove(system.name)).rejects.toMatchObject({
      code: "RATE_LIMIT_EXCEEDED",
      params: { currentValue: 3, maxValue: 3 },
    });
  });

  test("services of a visible system are listed with their machines counted", async () => {
    const owner = await aPerson(developer);
    const cluster = await aCluster();
    const namespace = await aNamespace();
    const service = await aService(owner);
    await aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId: service.id, status: "RUNNING" });

    const page = await listServices(owner, { perPage: 10, systemId: service.systemId });

    expect(page.items).toMatchObject([{ id: service.id, vmCount: 1, runningCount: 1 }]);
  });
});
