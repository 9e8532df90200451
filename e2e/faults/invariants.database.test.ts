import { afterAll, expect, test } from "vitest";
import { checkInvariants } from "@/e2e/bench/invariants/check-all";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { aVm } from "@/e2e/factories/vm";
import { startKubevirtLab } from "@/e2e/lab/kubevirt/server";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import { recordAudit } from "@/lib/core/audit";
import { closeChanges } from "@/lib/core/changes";
import { platformContext } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import { inTransaction } from "@/lib/core/transaction";
import { requestVm } from "@/lib/requests/request-vm";

const lab = await startKubevirtLab({ clockSpeed: 20 });

afterAll(async () => {
  closeClusterConnections();
  await closeChanges();
  await closeJobs();
  await lab.stop();
});

/** What the checker says of these subjects now. */
async function found(...subjects: string[]): Promise<string[]> {
  const violations = await checkInvariants();
  return violations
    .filter(({ subject }) => subjects.some((one) => subject.includes(one)))
    .map(({ invariant }) => invariant);
}

async function aPlacedVm(status: string) {
  const cluster = await aCluster({ kubeconfig: lab.kubeconfig });
  return aVm({ clusterId: cluster.id, namespace: (await aNamespace()).name, status, k8sUid: "uid" });
}

test("a fresh system breaks no invariant", async () => {
  expect(await checkInvariants()).toEqual([]);
});

test("a machine that runs here and is missing in the cluster is found", async () => {
  const vm = await aPlacedVm("RUNNING");
  expect(await found(vm.id)).toEqual(["I1"]);
});

test("a machine that nobody will ever finish is found", async () => {
  const vm = await aPlacedVm("CREATING");
  expect(await found(vm.id)).toEqual(["I3"]);
});

test("a failure without a reason, and an end that nobody heard of, are found", async () => {
  const requester = await aPerson("role-development-engineer");
  const silent = await requestVm(requester, await aVmWish(requester));
  const unheard = await requestVm(requester, await aVmWish(requester));
  await db().$executeRaw`UPDATE approval_tickets SET status = 'FAILED' WHERE id = ${silent.ticketId}`;
  await db()
    .$executeRaw`UPDATE domain_events SET status = 'COMPLETED', processed_at = now() - interval '2 minutes'
    WHERE id = ${unheard.eventId}`;
  expect(await found(silent.ticketId)).toContain("I1");
  expect(await found(unheard.ticketId)).toEqual(["I5"]);
});

test("a cluster's token in a record is found", async () => {
  await aCluster({ kubeconfig: lab.kubeconfig });
  await inTransaction((tx) =>
    recordAudit(tx, platformContext("test"), {
      action: "cluster.register",
      resource: { type: "cluster", id: "leak" },
      details: { said: `Bearer ${lab.token}` },
    }),
  );
  expect(await found("audit record")).toContain("I7");
});
