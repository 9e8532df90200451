import { parseArgs } from "node:util";
import { aNamespace } from "@/e2e/factories/namespace";
import { aVmWish } from "@/e2e/factories/request";
import {
  aHealthyCluster,
  approve,
  readTicket,
  somePeople,
  type Creation,
  type People,
} from "@/e2e/faults/creations";
import { startLabProcess, type LabProcess } from "@/e2e/faults/lab-process";
import { waitUntil } from "@/e2e/faults/wait-until";
import { startWorkerProcess } from "@/e2e/faults/worker-process";
import { connectToCluster, type ClusterClient } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { applyVirtualMachine } from "@/lib/adapters/kubevirt/virtual-machines";
import { closeChanges } from "@/lib/core/changes";
import { closeDb } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { closeJobs } from "@/lib/core/jobs";
import { requestVm } from "@/lib/requests/request-vm";
import { Arrivals } from "./ground/arrivals";
import { startOwnDatabase } from "@/e2e/faults/own-database";
import { aBareManifest } from "./ground/bare-manifest";
import { compare, measurePairs, quantile } from "./ground/pairs";
import { logEveryStatement, StatementLog } from "./ground/statement-log";

/**
 * P5: approve commit → the API server has the machine, against a direct server-side apply of one, both seen by the same
 * watch. Statements are counted in the server's own log (log_statement = all), from the approval's commit to the moment
 * the lab's ledger has the apply, for the worker alone; `--show` prints those of the last machine.
 */
const { values: flags } = parseArgs({
  options: { pairs: { type: "string", default: "12" }, show: { type: "boolean", default: false } },
});

interface Stage {
  lab: LabProcess;
  client: ClusterClient;
  arrivals: Arrivals;
  log: StatementLog;
  people: People;
  namespace: string;
}

const workerProgram = "shepherd-bench-worker";

async function measureAt(stage: Stage, latencyMs: number) {
  const { control } = stage.lab;
  await control.setFaults({ latencyMs, path: "/namespaces/" });
  const created: Creation[] = [];
  const statements: number[] = [];
  const ours = async () => {
    const wish = await aVmWish(stage.people.requester, { namespace: stage.namespace });
    const creation = await approve(stage.people, await requestVm(stage.people.requester, wish));
    const tookMs = (await stage.arrivals.of(creation.vmName)) - creation.approvedAt;
    statements.push(await countStatements(stage, creation));
    await waitUntil(
      "the machine runs",
      async () => (await readTicket(creation.ticketId)).status === "SUCCESS",
    );
    created.push(creation);
    // The lab's nodes hold only so many.
    await control.remove("VirtualMachine", stage.namespace, creation.vmName);
    return tookMs;
  };
  const pairs = await measurePairs(Number(flags.pairs), { baseline: () => applyDirectly(stage), ours });
  const counts = await countCalls(stage, created);
  await control.clearFaults();
  const sorted = statements.slice(1).toSorted((a, b) => a - b);
  return { latencyMs, ratio: compare(pairs), statements: quantile(sorted, 0.5), ...counts };
}

async function applyDirectly(stage: Stage): Promise<number> {
  const name = `direct-${newId().slice(-10)}`;
  const from = performance.now();
  void applyVirtualMachine(stage.client, aBareManifest(stage.namespace, name));
  const tookMs = (await stage.arrivals.of(name)) - from;
  await stage.lab.control.remove("VirtualMachine", stage.namespace, name);
  return tookMs;
}

async function countStatements(stage: Stage, { vmName, approvedAt }: Creation): Promise<number> {
  const call = (await stage.lab.control.ledger()).find(
    ({ name, effective, dryRun }) => name === vmName && effective && !dryRun,
  );
  const from = performance.timeOrigin + approvedAt;
  const seen = stage.log.between(workerProgram, from - 2, Date.parse(call?.at ?? ""));
  if (flags.show) for (const { at, text } of seen) console.error((at - from).toFixed(0), text.slice(0, 160));
  if (flags.show) console.error("--");
  return seen.length;
}

/** Of the measured machines, from approval to running: changes of each, reads of each by name. */
async function countCalls(stage: Stage, created: Creation[]) {
  const ledger = await stage.lab.control.ledger();
  const names = new Set(created.map(({ vmName }) => vmName));
  const mutating = ledger.filter(
    ({ name, kind, dryRun }) => names.has(name) && kind === "virtualmachines" && !dryRun,
  );
  const requests = await stage.lab.control.requests();
  const reads = (requests["get virtualmachines"] ?? 0) + (requests["get virtualmachineinstances"] ?? 0);
  await stage.lab.control.clearLedger();
  return {
    mutatingCallsPerVm: mutating.length / created.length,
    readsBeforeApplyPerVm: Math.min(1, reads / created.length),
    pollingReadsPerVm: Math.max(0, reads / created.length - 1),
  };
}

const log = new StatementLog();
const database = await startOwnDatabase(log.read);
await logEveryStatement(database.url);
const lab = await startLabProcess({ speed: 20 });
const arrivals = await Arrivals.watch(lab.address);
const worker = await startWorkerProcess(`${database.url}?application_name=${workerProgram}`);
try {
  const people = await somePeople();
  await aHealthyCluster(lab.kubeconfig);
  const namespace = (await aNamespace()).name;
  await lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  await lab.control.clearLedger();
  const client = connectToCluster(parseKubeconfig(lab.kubeconfig));
  const stage = { lab, client, arrivals, log, people, namespace };
  const results = [await measureAt(stage, 0), await measureAt(stage, 50)];
  console.log(
    JSON.stringify({ bench: "P5 approve-to-cluster", goal: "<=5 at 0 ms, <=1.3 at 50 ms", results }),
  );
  client.close();
} finally {
  arrivals.close();
  worker.signal("SIGTERM");
  await worker.ended;
  await lab.stop();
  await closeJobs();
  await closeChanges();
  await closeDb();
  await database.stop();
}
