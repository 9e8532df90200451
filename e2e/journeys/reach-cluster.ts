import fs from "node:fs";
import { request } from "node:https";
import { parse } from "yaml";
import { z } from "zod";
import { labControl, type LabAddress, type LabClient } from "@/e2e/lab/control-client";

const kubeconfigSchema = z.object({
  clusters: z.tuple([
    z.object({ cluster: z.object({ server: z.string(), "certificate-authority-data": z.string() }) }),
  ]),
  users: z.tuple([z.object({ user: z.object({ token: z.string() }) })]),
});

const stringMap = z.record(z.string(), z.string());

/** What people and programs have said of a virtual machine; what the cluster itself goes on writing is left out. */
const machineSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string(),
    uid: z.string(),
    generation: z.number(),
    labels: stringMap.default({}),
    annotations: stringMap.default({}),
    ownerReferences: z.array(z.unknown()).default([]),
  }),
  spec: z.looseObject({}),
});
export type Machine = z.output<typeof machineSchema>;

function pathOf(namespace: string, name: string): string {
  return `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachines/${name}`;
}

/** A cluster as somebody with kubectl reaches it, past the portal. */
export interface ReachedCluster {
  control: LabClient;
  machine(namespace: string, name: string): Promise<Machine>;
}

export function reachCluster(kubeconfigFile: string): ReachedCluster {
  const { clusters, users } = kubeconfigSchema.parse(parse(fs.readFileSync(kubeconfigFile, "utf8")));
  const [{ cluster }] = clusters;
  const [{ user }] = users;
  const caPem = Buffer.from(cluster["certificate-authority-data"], "base64").toString();
  const address: LabAddress = { url: cluster.server, caPem, token: user.token };
  return {
    control: labControl(address),
    machine: async (namespace, name) => machineSchema.parse(await readJson(address, pathOf(namespace, name))),
  };
}

function readJson({ url, caPem, token }: LabAddress, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const outgoing = request(new URL(path, url), { ca: caPem, agent: false, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        if (response.statusCode === 200) resolve(JSON.parse(text));
        else reject(new Error(`GET ${path}: ${String(response.statusCode)} ${text}`));
      });
    });
    outgoing.on("error", reject);
    outgoing.end();
  });
}
