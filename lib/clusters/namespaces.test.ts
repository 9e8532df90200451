import { expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aVm } from "@/e2e/factories/vm";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createNamespace } from "./create-namespace";
import { listNamespaces, listRequestableNamespaces } from "./queries";
import { removeNamespace } from "./remove-namespace";
import { createNamespaceInput } from "./schema";
import { updateNamespace } from "./update-namespace";

const page = { perPage: 100 };

async function audited(resourceId: string): Promise<string[]> {
  const rows = await db().auditLog.findMany({
    where: { resourceId },
    select: { action: true },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ action }) => action);
}

test("a namespace is created, described, closed and removed, each on record", async () => {
  const ctx = await anAdministrator();
  const { id } = await createNamespace(ctx, { name: "shop", environment: "test", description: "" });
  await updateNamespace(ctx, { namespaceId: id, description: "the shop", enabled: false });
  expect(await db().namespace.findUnique({ where: { id } })).toMatchObject({
    name: "shop",
    environment: "test",
    description: "the shop",
    enabled: false,
    createdBy: ctx.actor.id,
  });
  await removeNamespace(ctx, { namespaceId: id, confirmName: "shop" });
  expect(await db().namespace.findUnique({ where: { id } })).toBeNull();
  expect(await audited(id)).toEqual(["namespace.create", "namespace.update", "namespace.delete"]);
});

test("a name that is taken, reserved or no name is refused and nothing is written", async () => {
  const ctx = await anAdministrator();
  await aNamespace({ name: "taken" });
  const refused = async (name: string) =>
    createNamespace(ctx, { name, environment: "test", description: "" }).catch((error: unknown) => error);
  expect(await refused("taken")).toMatchObject({ fields: [{ field: "name", code: "already_exists" }] });
  expect(await refused("kube-system")).toMatchObject({ fields: [{ field: "name", code: "reserved" }] });
  expect(await refused("admin")).toMatchObject({ fields: [{ field: "name", code: "reserved" }] });
  expect(await db().namespace.count({ where: { name: { in: ["kube-system", "admin"] } } })).toBe(0);
  for (const name of ["Shop", "1shop", "a--b", "a-", "sixteen-letters-", "a".repeat(16), "a_b", "", "a.b"]) {
    expect(createNamespaceInput.safeParse({ name, environment: "test" }).success, name).toBe(false);
  }
});

test("an environment nobody defined is refused", async () => {
  const ctx = await anAdministrator();
  await expect(
    createNamespace(ctx, { name: "nowhere", environment: "moon", description: "" }),
  ).rejects.toMatchObject({ fields: [{ field: "environment", code: "not_found" }] });
});

test("without namespace:write nothing can be created, changed or removed", async () => {
  const ctx = await aPerson("role-development-engineer");
  const { id, name } = await aNamespace();
  const denied = { code: "PERMISSION_DENIED" };
  await expect(
    createNamespace(ctx, { name: "mine", environment: "test", description: "" }),
  ).rejects.toMatchObject(denied);
  await expect(updateNamespace(ctx, { namespaceId: id, enabled: false })).rejects.toMatchObject(denied);
  await expect(removeNamespace(ctx, { namespaceId: id, confirmName: name })).rejects.toMatchObject(denied);
  expect(await audited(id)).toEqual([]);
});

test("removing needs the typed name", async () => {
  const ctx = await anAdministrator();
  const { id } = await aNamespace();
  await expect(removeNamespace(ctx, { namespaceId: id })).rejects.toMatchObject({
    code: "DELETE_CONFIRMATION_REQUIRED",
  });
  await expect(removeNamespace(ctx, { namespaceId: id, confirmName: "other" })).rejects.toMatchObject({
    code: "CONFIRMATION_NAME_MISMATCH",
  });
  expect(await db().namespace.count({ where: { id } })).toBe(1);
});

test("a namespace with machines stays", async () => {
  const ctx = await anAdministrator();
  const namespace = await aNamespace();
  await aVm({ clusterId: (await aCluster()).id, namespace: namespace.name });
  await expect(
    removeNamespace(ctx, { namespaceId: namespace.id, confirmName: namespace.name }),
  ).rejects.toMatchObject({ code: "DELETE_RESTRICTED", params: { children: "vms", childCount: 1 } });
});

test("people see the namespaces of the environments their roles allow, and request only in open ones", async () => {
  const [test1, prod1] = [await aNamespace(), await aNamespace({ environment: "prod" })];
  const closed = await aNamespace({ enabled: false });
  const engineer = await aPerson("role-development-engineer", { environments: ["test"] });
  const nobody = await aPerson(null);
  const names = (rows: { name: string }[]) => rows.map(({ name }) => name);

  const seen = names((await listNamespaces(engineer, page)).items);
  expect(seen).toContain(test1.name);
  expect(seen).toContain(closed.name);
  expect(seen).not.toContain(prod1.name);
  const requestable = names(await listRequestableNamespaces(engineer));
  expect(requestable).toContain(test1.name);
  expect(requestable).not.toContain(closed.name);
  expect((await listNamespaces(nobody, page)).items).toEqual([]);
});

test("a binding to one System opens its environments too", async () => {
  const namespace = await aNamespace({ environment: "prod" });
  const person = await aPerson(null);
  await db().roleBinding.create({
    data: {
      id: newId(),
      userId: person.actor.id,
      roleId: "role-development-engineer",
      scopeType: "system",
      scopeId: "one",
      allowedEnvironments: ["prod"],
      createdBy: "test",
    },
  });
  const seen = (await listNamespaces(person, page)).items.map(({ name }) => name);
  expect(seen).toContain(namespace.name);
});

test("pages follow each other by name without gaps", async () => {
  const ctx = await anAdministrator();
  for (const letter of ["a", "b", "c", "d", "e"]) await aNamespace({ name: `page-${letter}` });
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const next = await listNamespaces(ctx, { perPage: 2, q: "page-", ...(cursor ? { cursor } : {}) });
    names.push(...next.items.map(({ name }) => name));
    cursor = next.nextCursor ?? undefined;
  } while (cursor !== undefined);
  expect(names).toEqual(["page-a", "page-b", "page-c", "page-d", "page-e"]);
});
