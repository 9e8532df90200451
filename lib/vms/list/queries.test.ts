import { beforeAll, describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aMember } from "@/e2e/factories/member";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { db } from "@/lib/core/db";
import { listUnderstood, listVms } from "./queries";
import { sortColumns, type VmSort } from "./columns/rules";
import type { VmFilter, VmListRow } from "./schema";

const developer = "role-development-engineer";
type Person = Awaited<ReturnType<typeof aPerson>>;

const days = (count: number) => new Date(Date.now() + count * 86_400_000);

/** Six machines that differ in everything one can ask for. */
async function aPark(owner: Person) {
  const service = await aService(owner);
  const cluster = await aCluster();
  const test = await aNamespace();
  const prod = await aNamespace({ environment: "prod" });
  const system = await db().system.findUniqueOrThrow({ where: { id: service.systemId } });
  const common = { clusterId: cluster.id, serviceId: service.id, createdBy: owner.actor.id };
  const shapes = [
    { name: "redis-01", status: "RUNNING", cpuCores: 1, memoryGi: 2, diskGb: 10, ip: "10.1.0.4" },
    { name: "redis-02", status: "STOPPED", cpuCores: 2, memoryGi: 2, diskGb: 20, ip: "10.1.0.40" },
    { name: "web-01", status: "RUNNING", cpuCores: 4, memoryGi: 8, diskGb: 30, ip: null },
    { name: "web-02", status: "FAILED", cpuCores: 8, memoryGi: 16, diskGb: 40, ip: "10.20.0.1" },
    { name: "queue-01", status: "RUNNING", cpuCores: 8, memoryGi: 32, diskGb: 50, ip: "fd00::5" },
    { name: "queue_2", status: "PAUSED", cpuCores: 16, memoryGi: 64, diskGb: 60, ip: null },
  ];
  const ids = new Map<string, string>();
  for (const [index, shape] of shapes.entries()) {
    const namespace = (index < 4 ? test : prod).name;
    const at = { createdAt: days(-index * 10 - 1), statusSince: days(-index - 1) };
    ids.set(shape.name, (await aVm({ ...common, namespace, ...shape, ...at })).id);
  }
  await db().vmLifetime.createMany({
    data: [
      { vmId: ids.get("redis-01") ?? "", expiresAt: days(3) },
      { vmId: ids.get("web-01") ?? "", expiresAt: days(30), protected: true },
    ],
  });
  return { system: system.name, service: service.name, cluster: cluster.name, prod: prod.name, ids };
}

async function everyPage(ctx: Person, filter: Omit<VmFilter, "perPage"> & { perPage?: number }) {
  const rows: VmListRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listVms(ctx, { perPage: 2, ...filter, cursor });
    rows.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

const namesOf = (rows: readonly VmListRow[]) => rows.map(({ name }) => name);

describe("what is searched for", () => {
  let owner: Person;
  let park: Awaited<ReturnType<typeof aPark>>;
  beforeAll(async () => {
    owner = await aPerson(developer, { environments: ["test", "prod"] });
    park = await aPark(owner);
  });

  test.each([
    ["", "redis-01 redis-02 web-01 web-02 queue-01 queue_2"],
    ["redis", "redis-01 redis-02"],
    ["REDIS -02", "redis-01"],
    ["*dis-0*", "redis-01 redis-02"],
    ["10.1.0.4", "redis-01"],
    ['"queue_"', "queue_2"],
    ["queue_", "queue_2"],
    ["name:redis*", "redis-01 redis-02"],
    ["name:redis-01,web-01", "redis-01 web-01"],
    ["-name:*-0*", "queue_2"],
    ['name:"redis*"', ""],
    ["status:running", "redis-01 web-01 queue-01"],
    ["-status:running,stopped", "web-02 queue_2"],
    ["cpu>4 cpu<=8", "web-02 queue-01"],
    ["cpu:1,2", "redis-01 redis-02"],
    ["memory>=32", "queue-01 queue_2"],
    ["-disk<50", "queue-01 queue_2"],
    ["ip:10.1.", "redis-01 redis-02"],
    ["ip:10.1.0.4", "redis-01"],
    ["ip:fd00:*", "queue-01"],
    ["-ip:10.1.", "web-01 web-02 queue-01 queue_2"],
    ["env:prod", "queue-01 queue_2"],
    ["env:t*", "redis-01 redis-02 web-01 web-02"],
    ["expires<7d", "redis-01"],
    ["expires>7d", "web-01"],
    ["expires:never", "redis-02 web-02 queue-01 queue_2"],
    ["-expires:never", "redis-01 web-01"],
    ["protected:yes", "web-01"],
    ["-protected:yes status:running", "redis-01 queue-01"],
    ["age>4w", "web-02 queue-01 queue_2"],
    ["since<=60h", "redis-01 redis-02"],
    ["owner:me", "redis-01 redis-02 web-01 web-02 queue-01 queue_2"],
    ["-owner:me", ""],
    ["template:nothing", ""],
    ["-template:nothing", "redis-01 redis-02 web-01 web-02 queue-01 queue_2"],
    ["system:none", ""],
  ])("%s", async (q, names) => {
    expect(namesOf(await everyPage(owner, { q }))).toEqual(names === "" ? [] : names.split(" "));
  });

  test("names of places, and what is not theirs", async () => {
    const all = 6;
    const found = async (q: string) => (await everyPage(owner, { q })).length;

    expect(await found(`system:${park.system}`)).toBe(all);
    expect(await found(`system:${park.system.slice(0, 4)}*`)).toBe(all);
    expect(await found(`-system:${park.system}`)).toBe(0);
    expect(await found(`service:${park.service} cluster:${park.cluster}`)).toBe(all);
    expect(await found(`-cluster:${park.cluster}`)).toBe(0);
    expect(await found(`namespace:${park.prod}`)).toBe(2);
    expect(await found(`owner:${owner.actor.username}`)).toBe(all);
  });

  test("only the ones named, where they match", async () => {
    const ids = ["redis-01", "web-02"].map((name) => park.ids.get(name) ?? "");
    expect(namesOf(await everyPage(owner, { ids }))).toEqual(["redis-01", "web-02"]);
    expect(namesOf(await everyPage(owner, { ids, q: "status:failed" }))).toEqual(["web-02"]);
    expect(await everyPage(owner, { ids: [] })).toEqual([]);
  });

  test.each(sortColumns.flatMap((column): VmSort[] => [column, `-${column}`]))(
    "by %s, page by page as all at once",
    async (sort) => {
      const once = await listVms(owner, { perPage: 100, sort });
      expect(namesOf(await everyPage(owner, { sort, perPage: 1 }))).toEqual(namesOf(once.items));
      expect(new Set(namesOf(once.items)).size).toBe(6);
    },
  );

  test("machines without an end come last in either order", async () => {
    expect(namesOf(await everyPage(owner, { sort: "expires" })).slice(0, 2)).toEqual(["redis-01", "web-01"]);
    expect(namesOf(await everyPage(owner, { sort: "-expires" })).slice(0, 2)).toEqual(["web-01", "redis-01"]);
  });

  test("what is not understood is refused by its place, and left out where a page says so itself", async () => {
    await expect(listVms(owner, { perPage: 5, q: "redis sytem:shop" })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      fields: [
        { field: "q", code: "invalid_search", params: { text: "sytem:", at: 6, suggestion: "system:" } },
      ],
    });
    expect((await listUnderstood(owner, { perPage: 5, q: "redis sytem:shop" })).items).toHaveLength(2);
  });

  test("a tampered cursor, or one of another order, is refused by its name", async () => {
    const { nextCursor } = await listVms(owner, { perPage: 2, sort: "name" });
    const written = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const wrong = [
      ...[
        "%%%",
        "e30",
        "WyJ4Il0",
        written(["no date", "x"]),
        written(["-created 2026-02-31T00:00:00.000Z", "x"]),
      ],
      ...[written(["-created infinity", "x"]), written(["-created", "x"]), written(["-created never", "x"])],
      nextCursor ?? "",
    ];
    for (const cursor of wrong) {
      await expect(listVms(owner, { perPage: 10, cursor })).rejects.toMatchObject({
        code: "VALIDATION_FAILED",
        fields: [{ field: "cursor", code: "invalid_cursor" }],
      });
    }
  });
});

describe("who sees what", () => {
  test("a stranger sees nothing, a member of the System what their environments hold", async () => {
    const owner = await aPerson(developer, { environments: ["test", "prod"] });
    const { system } = await aPark(owner);
    const { id: systemId } = await db().system.findUniqueOrThrow({ where: { name: system } });
    const member = await aMember({ systemId, role: "viewer" });
    const gone = await aMember({ systemId, role: "viewer", expiresAt: days(-1) });

    expect(await everyPage(await aPerson(developer), {})).toEqual([]);
    expect(await everyPage(gone, {})).toEqual([]);
    expect(await everyPage(member, {})).toHaveLength(4);
    expect(await everyPage(member, { q: "env:prod" })).toEqual([]);
    expect(await everyPage(await anAdministrator(), { q: `system:${system}` })).toHaveLength(6);
  });

  test("a role on one machine or service shows that alone, and the role on the platform must reach the System", async () => {
    const owner = await aPerson(developer, { environments: ["test", "prod"] });
    const { ids, system } = await aPark(owner);
    const { id: systemId } = await db().system.findUniqueOrThrow({ where: { name: system } });
    const guest = await aPerson(developer);
    const seat = { userId: guest.actor.id, role: "viewer", grantedBy: "test" };
    const vmId = ids.get("web-01") ?? "";
    await db().resourceRoleBinding.create({
      data: { id: `seat-${vmId}`, ...seat, resourceType: "vm", resourceId: vmId },
    });
    expect(namesOf(await everyPage(guest, {}))).toEqual(["web-01"]);
    expect(await everyPage(guest, { q: "system:other" })).toEqual([]);

    await db().roleBinding.updateMany({
      where: { userId: guest.actor.id },
      data: { scopeType: "system", scopeId: systemId },
    });
    expect(namesOf(await everyPage(guest, {}))).toEqual(["web-01"]);
    await db().roleBinding.updateMany({ where: { userId: guest.actor.id }, data: { scopeId: "another" } });
    expect(await everyPage(guest, {})).toEqual([]);
  });

  test("a token shows no more than it carries", async () => {
    const admin = await anAdministrator();
    const { system } = await aPark(admin);
    const seen = async (reach: {
      permissions: ["vm:read"] | ["system:read"] | null;
      environments: string[] | null;
    }) => {
      const actor = { ...admin.actor, token: { ...reach, elevated: false } };
      return (await everyPage({ ...admin, actor }, { q: `system:${system}` })).length;
    };

    expect(await seen({ permissions: null, environments: null })).toBe(6);
    expect(await seen({ permissions: ["vm:read"], environments: ["prod"] })).toBe(2);
    expect(await seen({ permissions: ["system:read"], environments: null })).toBe(0);
  });
});
