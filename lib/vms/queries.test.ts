import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { listVms, readVm, readVmManifest } from "./queries";

const developer = "role-development-engineer";

async function machinesOf(owner: Awaited<ReturnType<typeof aPerson>>, count: number, environment = "test") {
  const service = await aService(owner);
  const cluster = await aCluster({ environment });
  const namespace = await aNamespace({ environment });
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const status = index % 2 === 0 ? "RUNNING" : "STOPPED";
    const place = { clusterId: cluster.id, namespace: namespace.name, serviceId: service.id };
    ids.push((await aVm({ ...place, status })).id);
  }
  return { ids, service, namespace };
}

describe("the list of virtual machines", () => {
  test("shows what the person's systems hold, newest first, page by page", async () => {
    const owner = await aPerson(developer);
    const { ids } = await machinesOf(owner, 5);

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listVms(owner, { perPage: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);

    expect(seen).toEqual(ids.toReversed());
  });

  test("filters by status, namespace, environment and text in the database", async () => {
    const owner = await aPerson(developer);
    const { ids, namespace } = await machinesOf(owner, 4);
    await machinesOf(owner, 1);
    const found = async (filter: object) => (await listVms(owner, { perPage: 50, ...filter })).items.length;

    expect(await found({ namespace: namespace.name })).toBe(4);
    expect(await found({ namespace: namespace.name, status: "RUNNING" })).toBe(2);
    expect(await found({ environment: "prod" })).toBe(0);
    expect(await found({ q: (ids[0] ?? "").slice(-8) })).toBe(1);
  });

  test("a stranger sees nothing and a single machine answers as if it did not exist", async () => {
    const owner = await aPerson(developer);
    const stranger = await aPerson(developer);
    const { ids } = await machinesOf(owner, 1);

    expect((await listVms(stranger, { perPage: 10 })).items).toEqual([]);
    await expect(readVm(stranger, ids[0] ?? "")).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
    await expect(readVm(stranger, "no such machine")).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
  });

  test("an environment outside the person's roles hides its machines, member or not", async () => {
    const owner = await aPerson(developer, { environments: ["test"] });
    const { ids } = await machinesOf(owner, 1, "prod");

    expect((await listVms(owner, { perPage: 10 })).items).toEqual([]);
    await expect(readVm(owner, ids[0] ?? "")).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
  });

  test("a tampered cursor is refused by its name", async () => {
    const owner = await aPerson(developer);

    for (const cursor of ["%%%", "e30", "WyJ4Il0", Buffer.from('["no date","x"]').toString("base64url")]) {
      await expect(listVms(owner, { perPage: 10, cursor })).rejects.toMatchObject({
        code: "VALIDATION_FAILED",
        fields: [{ field: "cursor", code: "invalid_cursor" }],
      });
    }
  });

  test("the live manifest is for platform administrators", async () => {
    const owner = await aPerson(developer);
    const { ids } = await machinesOf(owner, 1);

    await expect(readVmManifest(owner, ids[0] ?? "")).rejects.toMatchObject({
      code: "PERMISSION_DENIED",
      params: { permission: "platform:admin" },
    });
  });
});
