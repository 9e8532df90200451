import { stringify } from "yaml";

/** A kubeconfig with the authority's certificate and the token inside, as an administrator would hand out. */
export function writeKubeconfig(facts: { name: string; url: string; caPem: string; token: string }): string {
  const { name, url, caPem, token } = facts;
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name, cluster: { server: url, "certificate-authority-data": Buffer.from(caPem).toString("base64") } },
    ],
    users: [{ name: `${name}-admin`, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: `${name}-admin` } }],
    "current-context": name,
  });
}
