import { stringify } from "yaml";
import { base64, draft, withCluster, withMember, withUser, type HostileKubeconfig, type Parts } from "./base";

export interface Canary {
  /** A file that a command of a kubeconfig would make. */
  made: string;
  /** A file that a path of a kubeconfig names. */
  named: string;
}

/** Members that would make a client run, read, trust or call something else than it says. */
export function dangerousKeys(parts: Parts, canary: Canary): HostileKubeconfig[] {
  return [...ofUsers(parts, canary), ...ofClusters(parts, canary), ...ofOthers(parts, canary)];
}

function commandOf(canary: Canary) {
  return {
    apiVersion: "client.authentication.k8s.io/v1",
    command: "/bin/touch",
    args: [canary.made],
    interactiveMode: "Never",
  };
}

function ofUsers(parts: Parts, canary: Canary): HostileKubeconfig[] {
  const command = commandOf(canary);
  const user = (title: string, over: Record<string, unknown>) => ({ title, text: withUser(parts, over) });
  return [
    user("a command", { exec: command }),
    user("a command alone", { token: undefined, exec: command }),
    user("a command that is null", { exec: null }),
    user("a sign-in plugin", { "auth-provider": { name: "gcp", config: { "cmd-path": "/bin/touch" } } }),
    user("a token in a file", { tokenFile: canary.named }),
    user("a certificate in a file", { token: undefined, "client-certificate": canary.named }),
    user("a key in a file", { "client-key": canary.named }),
    user("somebody else", { as: "system:admin" }),
    user("somebody else's number", { "as-uid": "0" }),
    user("somebody else's groups", { "as-groups": ["system:masters"] }),
    user("somebody else's extras", { "as-user-extra": { scopes: ["all"] } }),
    user("a name and a password", { username: "admin", password: "admin" }),
    user("an unknown member of a user", { impersonate: "system:admin" }),
    user("a token that is a list", { token: ["a", "b"] }),
    user("a token with a line in it", { token: "abc\r\nImpersonate-User: system:admin" }),
    user("a token and a certificate", { "client-certificate-data": base64(parts.caPem) }),
  ];
}

function ofClusters(parts: Parts, canary: Canary): HostileKubeconfig[] {
  const cluster = (title: string, over: Record<string, unknown>) => ({
    title,
    text: withCluster(parts, over),
  });
  return [
    cluster("an authority in a file", {
      "certificate-authority": canary.named,
      "certificate-authority-data": undefined,
    }),
    cluster("no check of the server", { "insecure-skip-tls-verify": true }),
    cluster("no check of the server, in words", { "insecure-skip-tls-verify": "true" }),
    cluster("no check of the server, as a number", { "insecure-skip-tls-verify": 1 }),
    cluster("another name for the server", { "tls-server-name": "kubernetes.default" }),
    cluster("a proxy", { "proxy-url": `http://127.0.0.1:${new URL(parts.server).port}` }),
    cluster("a proxy by SOCKS", { "proxy-url": "socks5://127.0.0.1:1080" }),
    cluster("no authority", { "certificate-authority-data": undefined }),
    cluster("an authority that is a key", {
      "certificate-authority-data": base64("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"),
    }),
    cluster("an authority that is no base64", { "certificate-authority-data": "../../etc/ssl/ca.pem" }),
    cluster("compression of an unknown kind", { "disable-compression": true, extra: 1 }),
  ];
}

function ofOthers(parts: Parts, canary: Canary): HostileKubeconfig[] {
  const command = commandOf(canary);
  return [
    { title: "an unknown member", text: withMember(parts, { plugins: ["x"] }) },
    { title: "another kind", text: withMember(parts, { kind: "ConfigMap" }) },
    { title: "another version", text: withMember(parts, { apiVersion: "v2" }) },
    {
      title: "a command of another user",
      text: stringify({
        ...draft(parts),
        users: [...draft(parts).users, { name: "two", user: { exec: command } }],
      }),
    },
    {
      title: "a proxy of another cluster",
      text: stringify({
        ...draft(parts),
        clusters: [
          ...draft(parts).clusters,
          { name: "two", cluster: { server: parts.server, "proxy-url": "http://127.0.0.1:1" } },
        ],
      }),
    },
  ];
}
