import { subscribe } from "node:diagnostics_channel";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { z } from "zod";
import type { Fault } from "@/e2e/lab/kubevirt/faults";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { answerParent } from "../sync/answer-parent";
import { labFault, type ClusterCounts } from "./shapes";

/** Twenty clusters in one process, and how many operations are in flight at each. */
const labs: KubevirtLab[] = [];
const counts = new Map<string, ClusterCounts>();
/** One machine by name is what an operation asks for; lists and watches are the sync's. */
const operation = /\/virtualmachines\/[^/?]+(?:\?|$)/;

interface Started {
  request: IncomingMessage;
  response: ServerResponse;
  server: Server;
}

subscribe("http.server.request.start", (message) => {
  // The channel's documented message.
  const { request, response, server } = message as Started;
  const address = server.address();
  if (address === null || typeof address === "string" || !operation.test(request.url ?? "")) return;
  const count = counts.get(String(address.port));
  if (count === undefined) return;
  count.inFlight += 1;
  count.inFlightMax = Math.max(count.inFlightMax, count.inFlight);
  let isOver = false;
  const end = () => {
    if (isOver) return;
    isOver = true;
    count.inFlight -= 1;
    const isChange = request.method === "PATCH" && response.statusCode < 300;
    if (isChange) count.doneAt.push(performance.timeOrigin + performance.now());
  };
  // Answered is as it is said; the socket learns of it later, and of one that is cut only then.
  response.once("prefinish", end);
  response.once("close", end);
});

answerParent({
  start: async (input) => {
    const kubeconfigs = [];
    for (let index = 0; index < z.number().parse(input); index += 1) kubeconfigs.push(await startOne(index));
    return kubeconfigs;
  },
  addNamespace: async (input) => {
    const name = z.string().parse(input);
    for (const lab of labs)
      lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: {} } });
  },
  setFault: async (input) => {
    const { cluster, ...fault } = labFault.parse(input);
    for (const lab of cluster === null ? labs : labs.slice(cluster, cluster + 1)) {
      // A later fault of the same kind is asked after the first; the one that names fewer clusters is set alone.
      if (cluster !== null) lab.control.faults.clear();
      lab.control.faults.set({ path: operation.source, ...asFault(fault) });
    }
  },
  clearFaults: async () => labs.forEach((lab) => lab.control.faults.clear()),
  reset: async () => {
    for (const count of counts.values()) Object.assign(count, { inFlightMax: count.inFlight, doneAt: [] });
  },
  counts: () => Promise.resolve([...counts.values()]),
});

/** Members that were not given are not there. */
function asFault(given: Omit<z.output<typeof labFault>, "cluster">): Fault {
  return JSON.parse(JSON.stringify(given));
}

async function startOne(index: number): Promise<string> {
  const lab = await startKubevirtLab({
    name: `bench-${index}`,
    // Machines are made and do not come up meanwhile: what is measured ends with the API's answer.
    clockSpeed: 0.01,
    inventory: { nodes: [{ name: "node-a", cpu: 1_000_000, memoryGi: 4_000_000, pods: 1_000_000 }] },
  });
  labs.push(lab);
  counts.set(new URL(lab.url).port, { inFlight: 0, inFlightMax: 0, doneAt: [] });
  return lab.kubeconfig;
}
