import fc from "fast-check";
import { expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { GET } from "@/app/api/v1/vms.csv/route";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { csvCell } from "./csv/rules";
import { exportVms } from "./export-vms";

async function aPark(count: number) {
  const owner = await aPerson("role-development-engineer");
  const [service, cluster, namespace] = [await aService(owner), await aCluster(), await aNamespace()];
  await db().vm.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      ...{ id: newId(), serviceId: service.id, clusterId: cluster.id, namespace: namespace.name },
      ...{ name: `vm-${index}`, instance: "01", hostname: `vm-${index}`, createdBy: owner.actor.id },
      ...{ cpuCores: 1, memoryGi: 1, diskGb: 10, status: index % 2 === 0 ? "RUNNING" : "STOPPED" },
      ...{ templateId: "t", templateVersion: 1, instanceSizeId: "s", ticketId: newId(), blueprint: {} },
    })),
  });
  await db().user.update({
    where: { id: owner.actor.id },
    data: { displayName: '=HYPERLINK("http://evil.example")' },
    select: { id: true },
  });
  return owner;
}

test("the whole list is one table, a thousand rows in memory at a time, under the same search and order", async () => {
  const owner = await aPark(2_501);
  const parts: string[] = [];
  for await (const part of exportVms(owner, { sort: "name" })) parts.push(part);
  const lines = parts.join("").trim().split("\r\n");

  expect(parts.map((part) => part.trim().split("\r\n").length)).toEqual([1_001, 1_000, 501]);
  expect(parts[0]?.startsWith("\uFEFFname,status,system,service,environment")).toBe(true);
  expect(new Set(lines.slice(1).map((line) => line.split(",")[0])).size).toBe(2_501);

  let running = "";
  for await (const part of exportVms(owner, { q: "status:running" })) running += part;
  expect(running.trim().split("\r\n")).toHaveLength(1_252);
});

test("the door sends a file, and a search that is not understood is refused before anything is sent", async () => {
  const owner = await aPark(3);
  const sessionId = newId();
  const expiresAt = new Date(Date.now() + 60_000);
  await db().userSession.create({
    data: { id: sessionId, userId: owner.actor.id, sessionVersion: 1, expiresAt },
    select: { id: true },
  });
  const cookie = `session_id=${await signSessionCookie({ id: sessionId, userId: owner.actor.id, expiresAt })}`;
  const ask = (query: string, headers = { cookie }) =>
    GET(new Request(`http://portal.example/api/v1/vms.csv${query}`, { headers }));

  const sent = await ask("?q=status:running&sort=name");
  expect([sent.status, sent.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
  expect(sent.headers.get("content-disposition")).toBe('attachment; filename="virtual-machines.csv"');
  const text = await sent.text();
  expect(text.trim().split("\r\n")).toHaveLength(3);
  expect(text).toContain(`,"'=HYPERLINK(""http://evil.example"")",`);

  const refused = await ask("?q=sytem:x");
  expect([refused.status, await refused.json()]).toMatchObject([400, { field_errors: [{ field: "q" }] }]);
  expect((await ask("?per_page=5")).status).toBe(400);
  expect((await ask("", { cookie: "session_id=none" })).status).toBe(401);
});

test.each([
  ["plain", "plain"],
  ["=1+1", `"'=1+1"`],
  ["+1", `"'+1"`],
  ["-1", `"'-1"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["  =1", `"'  =1"`],
  ["\t=1", `"'\t=1"`],
  ["＝1", `"'＝1"`],
  ["a,b", `"a,b"`],
  ['say "so"', `"say ""so"""`],
  ["two\nlines", `"two\nlines"`],
  ["5-3", "5-3"],
])("a cell of %j is written %s", (text, cell) => {
  expect(csvCell(text)).toBe(cell);
});

test("no cell begins a formula or breaks out of its place, whatever stands in it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 30 }), (text) => {
      const cell = csvCell(text);
      const inside = cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      expect(inside === text || inside === `'${text}`).toBe(true);
      expect(/^\s*[=+\-@＝＋－＠]/.test(inside)).toBe(false);
      expect(cell.startsWith('"') || !/[,"\r\n]/.test(cell)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
