import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aMember } from "@/e2e/factories/member";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { startWorker } from "@/lib/processes/start-worker";
import { approveRequest } from "@/lib/requests/approve-request";
import { requestVm } from "@/lib/requests/request-vm";
import { revealInitialPassword } from "@/lib/vms/initial-password/reveal-initial-password";
import { readInitialPasswordStatus } from "@/lib/vms/initial-password/queries";
import { openSuite } from "../count-refusals";

const suite = openSuite("first passwords");
const inputsMin = 60;

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let owner: Context;
let vmId: string;
let systemId: string;
let password: string;
/** Everything said at the most talkative level; a logger is made once, by whichever module speaks first. */
const { printed } = vi.hoisted(() => {
  process.env["LOG_LEVEL"] = "trace";
  const texts: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    texts.push(String(text));
    return true;
  });
  return { printed: texts };
});

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  const { id: clusterId } = await aCluster({ kubeconfig: lab.kubeconfig });
  await checkCluster({ clusterId });
  worker = await startWorker();
  owner = await aPerson("role-development-engineer");
  const service = await aService(owner);
  systemId = service.systemId;
  const template = await aTemplate({ loginUser: "ubuntu", oneTimePassword: true });
  const namespace = await aNamespace();
  const size = await aSize();
  const { ticketId } = await requestVm(owner, {
    ...{ serviceId: service.id, templateId: template.id, instanceSizeId: size.id },
    ...{ namespace: namespace.name, reason: "A first password" },
  });
  await approveRequest(await anAdministrator(), { ticketId, clusterId });
  const isMade = { ticketId, status: "RUNNING" };
  const row = await vi.waitFor(() => db().vm.findFirstOrThrow({ where: isMade }), {
    timeout: 30_000,
    interval: 200,
  });
  vmId = row.id;
}, 60_000);

afterAll(async () => {
  vi.restoreAllMocks();
  await worker.stop();
  closeClusterConnections();
  await lab.stop();
  suite.print(inputsMin);
});

function judge(name: string, isRefused: boolean): void {
  if (isRefused) suite.refused(name);
  else suite.accepted(name);
}

const reveal = (ctx: Context) => revealInitialPassword(ctx, { vmId });

test("people it is not for", async () => {
  const people: Record<string, Context> = {
    "a member who did not ask": await aMember({ systemId, role: "member" }),
    "a viewer": await aMember({ systemId, role: "viewer" }),
    "a stranger": await aPerson("role-development-engineer"),
    "an approver": await aPerson("role-approval-admin"),
    "a reader of everything": await aPerson("role-viewer"),
    nobody: { ...(await aPerson(null)), actor: { kind: "anonymous" } },
  };
  for (const [name, ctx] of Object.entries(people)) {
    const outcome = await reveal(ctx).catch((error: unknown) => error);
    judge(name, outcome instanceof Error);
  }
  expect(await readInitialPasswordStatus(owner, vmId)).toMatchObject({ state: "waiting" });
});

test("twenty who ask at once are one", async () => {
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => reveal(owner)));
  const told = asked.flatMap((one) => (one.status === "fulfilled" ? [one.value.password] : []));
  password = told[0] ?? "";
  expect(password.length).toBeGreaterThanOrEqual(12);
  for (let at = 1; at < 20; at += 1) judge(`the one after ${at} others`, told.length === 1);
  judge("once more", (await reveal(owner).catch((error: unknown) => error)) instanceof Error);
  const records = await db().auditLog.count({ where: { action: "vm.password_reveal", outcome: "success" } });
  expect(records).toBe(1);
});

test("it stands nowhere", async () => {
  const tables = await db().$queryRaw<{ place: string }[]>`
    SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS place
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'pgboss') AND c.relkind IN ('r', 'p') AND NOT c.relispartition`;
  for (const { place } of tables) judge(`a row of ${place}`, (await rowsWith(place, password)) === 0);
  judge("what was printed", !printed.join("").includes(password));
  judge(
    "a manifest in the cluster",
    !JSON.stringify(lab.control.objects("VirtualMachine")).includes(password),
  );
  judge("a request to the cluster", !JSON.stringify(lab.control.ledger()).includes(password));
});

async function rowsWith(place: string, text: string): Promise<number> {
  const [row] = await db().$queryRawUnsafe<{ count: bigint }[]>(
    `SELECT count(*) AS count FROM ${place} t WHERE position($1 in t::text) > 0`,
    text,
  );
  return Number(row?.count ?? 0n);
}

// A search that finds nothing because it looks at nothing would pass as well.
test("the machine's own name, looked for in the same way, stands in many places", async () => {
  const { name } = await db().vm.findUniqueOrThrow({ where: { id: vmId } });
  expect(printed.length).toBeGreaterThan(0);
  expect(await rowsWith("public.vms", name)).toBe(1);
  expect(await rowsWith("public.audit_logs", name)).toBeGreaterThan(0);
  expect(JSON.stringify(lab.control.objects("VirtualMachine"))).toContain(name);
  expect(JSON.stringify(lab.control.objects("VirtualMachine"))).toContain("chpasswd");
});
