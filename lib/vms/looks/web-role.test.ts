import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aConsoleUser, aRunningVm } from "@/e2e/factories/console";
import { anAdministrator } from "@/e2e/factories/person";
import { readMetricsSource } from "@/lib/clusters/metrics-source/queries";
import { removeMetricsSource } from "@/lib/clusters/metrics-source/remove-metrics-source";
import { setMetricsSource } from "@/lib/clusters/metrics-source/set-metrics-source";
import { closeChanges } from "@/lib/core/changes";
import { closeDb, db } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import { readScreenStanding } from "@/lib/requests/read-screen";
import { lookAtGuest, readGuest } from "@/lib/vms/guest/queries";
import { readMetrics } from "@/lib/vms/metrics/queries";
import { lookAtScreen } from "@/lib/vms/thumbnail/queries";

// All of this runs in the web process, so it runs here with no more than that process may do.
beforeAll(() => setDatabaseRole("SET role = 'shepherd_web'"));
afterAll(async () => {
  await closeChanges();
  await closeJobs();
  await setDatabaseRole("RESET role");
});

async function setDatabaseRole(clause: string): Promise<void> {
  const url = new URL(String(process.env["DATABASE_URL"]));
  const admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  await admin.query("SET role NONE");
  await admin.query(`ALTER DATABASE ${url.pathname.slice(1)} ${clause}`);
  await admin.end();
  await closeDb();
}

test("the web process keeps a token it can never read, and writes nothing that only a worker finds out", async () => {
  const admin = await anAdministrator();
  const { clusterId } = await aRunningVm();
  const source = { clusterId, address: "https://measured.example", withoutToken: false };
  await setMetricsSource(admin, { ...source, token: "a secret token" });
  await setMetricsSource(admin, { ...source, address: "https://measured.example/prefix" });
  expect(await readMetricsSource(admin, clusterId)).toMatchObject({ hasToken: true });
  await expect(db().$queryRaw`SELECT token_envelope FROM cluster_metrics_sources`).rejects.toThrow(
    /permission denied/,
  );
  await removeMetricsSource(admin, { clusterId });
  for (const write of [
    "DELETE FROM vm_guest_facts",
    "DELETE FROM vm_thumbnails",
    "INSERT INTO vm_metrics (vm_id, range, state) VALUES ('x', '1h', 'none')",
    "DELETE FROM vm_looks",
  ])
    await expect(db().$executeRawUnsafe(write), write).rejects.toThrow(/permission denied/);
});

test("looking works with what it may do; where no worker answers, what is known is shown", async () => {
  const vm = await aRunningVm();
  const { ctx } = await aConsoleUser(vm.systemId);
  const [guest, metrics, standing, looked, screen] = await Promise.all([
    readGuest(ctx, vm.id),
    readMetrics(ctx, { vmId: vm.id, range: "1h" }),
    readScreenStanding(ctx, vm.id),
    lookAtGuest(ctx, vm.id),
    lookAtScreen(ctx, vm.id),
  ]);
  expect(guest).toMatchObject({ state: null, facts: null, isRunning: true });
  expect(metrics).toMatchObject({ state: null, series: [] });
  expect(standing).toEqual({ kind: "open" });
  expect(looked).toMatchObject({ state: null, facts: null });
  expect(screen).toEqual({ picture: null, why: "unreachable" });
}, 30_000);
