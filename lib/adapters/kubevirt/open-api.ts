import { z } from "zod";
import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import { chooseInstallation, kubevirtSchema } from "./kubevirt-installation";
import { reduceSchema, type DeclaredField } from "./open-api-fields";
import { readAnswer, readJson } from "./types";

const indexBytesMax = 2 * 1024 * 1024;
const documentBytesMax = 8 * 1024 * 1024;
const documentPath = "/openapi/v3/apis/kubevirt.io/v1";

const indexSchema = z.object({
  paths: z.object({
    "apis/kubevirt.io/v1": z.object({
      // The address is the cluster's word: only its own document is fetched, whatever it names.
      serverRelativeURL: z
        .string()
        .max(512)
        .regex(/^\/openapi\/v3\/apis\/kubevirt\.io\/v1(\?hash=[0-9A-Za-z]{1,256})?$/),
    }),
  }),
});
const documentSchema = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) });
const machineSchema = z.object({ properties: z.object({ spec: z.unknown() }) });
const kindSchema = z.object({
  "x-kubernetes-group-version-kind": z.array(
    z.object({ group: z.string(), version: z.string(), kind: z.string() }),
  ),
});

/** Reads which fields a VirtualMachine's `spec` has on this cluster, within the time of both calls together. */
export async function readMachineFields(
  client: ClusterClient,
  { timeoutMs }: { timeoutMs: number },
): Promise<DeclaredField> {
  const deadline = performance.now() + timeoutMs;
  const left = () => Math.max(1, Math.round(deadline - performance.now()));
  const index = await client.exchange({
    method: "GET",
    path: "/openapi/v3",
    bytesMax: indexBytesMax,
    timeoutMs: left(),
  });
  const { serverRelativeURL } = readAnswer(indexSchema, readJson(index.body)).paths["apis/kubevirt.io/v1"];
  const hash = serverRelativeURL.split("hash=")[1];
  const document = await client.exchange({
    method: "GET",
    path: documentPath,
    query: { hash },
    bytesMax: documentBytesMax,
    timeoutMs: left(),
  });
  return reduceMachine(readJson(document.body));
}

const installationsSchema = z.object({ items: z.array(z.unknown()).max(1_000) });

/** The version that KubeVirt reports of itself at this moment; empty where it reports none. */
export async function readKubevirtVersion(
  client: ClusterClient,
  { timeoutMs }: { timeoutMs: number },
): Promise<string> {
  const answer = await client.exchange({
    method: "GET",
    path: "/apis/kubevirt.io/v1/kubevirts",
    query: { limit: 500 },
    bytesMax: indexBytesMax,
    timeoutMs,
  });
  const { items } = readAnswer(installationsSchema, readJson(answer.body));
  const found = items.flatMap((one) => kubevirtSchema.safeParse(one).data ?? []);
  return chooseInstallation(found)?.status?.observedKubeVirtVersion ?? "";
}

function reduceMachine(document: unknown): DeclaredField {
  const { schemas } = readAnswer(documentSchema, document).components;
  const machine = Object.values(schemas).find(isMachine);
  const { spec } = readAnswer(machineSchema, machine).properties;
  const reduced = reduceSchema(schemas, spec);
  if (reduced.children?.["template"] === undefined) {
    throw new ClusterFailure(
      "rejected",
      "the cluster's API document says nothing about a machine's template",
      {
        reason: "MalformedAnswer",
      },
    );
  }
  return reduced;
}

function isMachine(schema: unknown): boolean {
  const kinds = kindSchema.safeParse(schema).data?.["x-kubernetes-group-version-kind"] ?? [];
  return kinds.some(
    ({ group, version, kind }) => group === "kubevirt.io" && version === "v1" && kind === "VirtualMachine",
  );
}
