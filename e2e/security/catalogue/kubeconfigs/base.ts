import { stringify } from "yaml";

export interface Parts {
  server: string;
  caPem: string;
  token: string;
}

export interface Draft {
  apiVersion: string;
  kind: string;
  "current-context": string;
  contexts: { name: string; context: Record<string, unknown> }[];
  clusters: { name: string; cluster: Record<string, unknown> }[];
  users: { name: string; user: Record<string, unknown> }[];
  [key: string]: unknown;
}

export interface HostileKubeconfig {
  title: string;
  text: string;
}

export const base64 = (text: string) => Buffer.from(text).toString("base64");

/** A kubeconfig that would be accepted; each hostile one differs from it in one thing. */
export function draft({ server, caPem, token }: Parts): Draft {
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "one",
    contexts: [{ name: "one", context: { cluster: "one", user: "one" } }],
    clusters: [{ name: "one", cluster: { server, "certificate-authority-data": base64(caPem) } }],
    users: [{ name: "one", user: { token } }],
  };
}

export function withCluster(parts: Parts, over: Record<string, unknown>): string {
  const made = draft(parts);
  made.clusters = made.clusters.map(({ name, cluster }) => ({ name, cluster: { ...cluster, ...over } }));
  return stringify(made);
}

export function withUser(parts: Parts, over: Record<string, unknown>): string {
  const made = draft(parts);
  made.users = made.users.map(({ name, user }) => ({ name, user: { ...user, ...over } }));
  return stringify(made);
}

export function withMember(parts: Parts, over: Record<string, unknown>): string {
  return stringify({ ...draft(parts), ...over });
}
