import { beforeAll, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { AppError } from "@/lib/core/errors";
import { db } from "@/lib/core/db";
import { listVms } from "./queries";
import { vmFilter } from "./schema";
import { listSearchValues } from "./values/queries";

/** What people have written into search boxes to reach the database behind them. */
const fragments = [
  "' OR '1'='1",
  "'; DROP TABLE vms; --",
  "') OR TRUE --",
  "\\'; DELETE FROM vms; --",
  "1) UNION SELECT id, name FROM users --",
  "%' OR v.name LIKE '%",
  "'||(SELECT envelope FROM cluster_credentials)||'",
  "$1",
  "${1+1}",
  "*/ OR TRUE /*",
  "x' AND pg_sleep(5) IS NULL AND 'x'='x",
  "\u2019 OR 1=1",
];
const around = [
  (text: string) => text,
  (text: string) => `name:${JSON.stringify(text)}`,
  (text: string) => `-system:${JSON.stringify(text)}`,
  (text: string) => `owner:${JSON.stringify(text)} template:${JSON.stringify(text)}`,
  (text: string) => `ip:${text.replaceAll(" ", "")}*`,
];
const corpus = fragments.flatMap((fragment) => around.map((wrap) => wrap(fragment)));

let owner: Awaited<ReturnType<typeof aPerson>>;

beforeAll(async () => {
  owner = await aPerson("role-development-engineer");
  const [service, cluster, namespace] = [await aService(owner), await aCluster(), await aNamespace()];
  await aVm({
    serviceId: service.id,
    clusterId: cluster.id,
    namespace: namespace.name,
    name: "mine",
    ip: "10.0.0.1",
  });
  await aVm({ clusterId: cluster.id, namespace: namespace.name, name: "theirs" });
});

test("sixty ways to write SQL into the search show nothing of others and change nothing", async () => {
  const before = await db().vm.count();
  let harmless = 0;
  for (const q of corpus) {
    const seen = await namesFor(q);
    expect(seen, q).not.toContain("theirs");
    harmless += 1;
  }
  expect(harmless).toBe(60);
  expect(await db().vm.count()).toBe(before);
});

test("a name is a name, whatever stands in it", async () => {
  for (const fragment of fragments)
    expect(await namesFor(`name:${JSON.stringify(fragment)}`), fragment).toEqual([]);
  expect(await namesFor("name:m_ne")).toEqual([]);
  expect(await namesFor("name:m%")).toEqual([]);
  expect(await namesFor("name:m*")).toEqual(["mine"]);
});

test("orders, ids and completions take no more than their words", async () => {
  for (const sort of ["name; DROP TABLE vms", "v.id", "created_at", "--created", "constructor", ""])
    expect(vmFilter.safeParse({ sort }).success, sort).toBe(false);
  for (const text of fragments) {
    expect((await listVms(owner, { perPage: 5, ids: [text] })).items).toEqual([]);
    expect(await listSearchValues(owner, { key: "system", text: text.slice(0, 60) })).toEqual([]);
  }
});

async function namesFor(q: string): Promise<string[]> {
  try {
    return (await listVms(owner, { perPage: 50, q })).items.map(({ name }) => name);
  } catch (error) {
    if (error instanceof AppError && error.code === "VALIDATION_FAILED") return [];
    throw error;
  }
}
