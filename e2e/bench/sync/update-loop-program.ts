import { createInterface } from "node:readline";
import pg from "pg";
import { z } from "zod";
import { connectToCluster } from "@/lib/adapters/kubevirt/client";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { answerParent } from "./answer-parent";
import { baselineLabel, followed } from "./shapes";

/** The least that can follow clusters: parse each line and run one UPDATE, one after the other. */
const path = "/apis/kubevirt.io/v1/virtualmachineinstances";
const version = z.object({ metadata: z.object({ resourceVersion: z.string() }) });

interface Instance {
  metadata: { name: string; namespace: string; uid: string };
  status: { nodeName: string; interfaces: { ipAddress?: string }[] };
}

const database = new pg.Client({ connectionString: process.env["DATABASE_URL"] });
await database.connect();
let loop: Promise<unknown> = Promise.resolve();

answerParent({
  start: async (input) => {
    for (const { clusterId, kubeconfig } of followed.parse(input)) await follow(clusterId, kubeconfig);
  },
});

async function follow(clusterId: string, kubeconfig: string): Promise<void> {
  const client = connectToCluster(parseKubeconfig(kubeconfig));
  const labelSelector = `${baselineLabel}=kubevirt-shepherd`;
  const list = await client.exchange({ method: "GET", path, query: { labelSelector, limit: 1 } });
  const { resourceVersion } = version.parse(JSON.parse(list.body)).metadata;
  const stream = await client.open({
    method: "GET",
    path,
    query: { watch: true, labelSelector, resourceVersion, timeoutSeconds: 2_000 },
  });
  createInterface({ input: stream })
    .on("line", (line) => {
      loop = loop.then(() => update(clusterId, line));
    })
    // The clusters go before this program does.
    .on("error", () => undefined);
}

function update(clusterId: string, line: string): Promise<unknown> {
  // Only the shape is asserted, as a plain loop would.
  const { object } = JSON.parse(line) as { object: Instance };
  return database.query({
    name: "update",
    text: `UPDATE vms SET ip = $1, node = $2, vmi_uid = $3, observed_at = now(), updated_at = now()
      WHERE cluster_id = $4 AND namespace = $5 AND name = $6`,
    values: [
      object.status.interfaces[0]?.ipAddress ?? null,
      object.status.nodeName,
      object.metadata.uid,
      clusterId,
      object.metadata.namespace,
      object.metadata.name,
    ],
  });
}
