import { stringify } from "yaml";
import { createIdentity } from "@/e2e/lab/kubevirt/certificates";

interface Parts {
  server: string;
  cluster: Record<string, unknown>;
  user: Record<string, unknown>;
}

/** A kubeconfig that is accepted, for a server that need not exist; parts are replaced to spoil it. */
export async function aKubeconfig(over: Partial<Parts> = {}): Promise<string> {
  const { caPem, token } = await createIdentity("factory", ["127.0.0.1"]);
  const authority = Buffer.from(caPem).toString("base64");
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": "one",
    contexts: [{ name: "one", context: { cluster: "one", user: "one" } }],
    clusters: [
      {
        name: "one",
        cluster: {
          server: over.server ?? "https://cluster.example:6443",
          "certificate-authority-data": authority,
          ...over.cluster,
        },
      },
    ],
    users: [{ name: "one", user: over.user ?? { token } }],
  });
}
