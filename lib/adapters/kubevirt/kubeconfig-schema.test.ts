import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { readKubeconfigShape } from "./kubeconfig-schema";

const hostileUsers: [key: string, reason: string, value: unknown][] = [
  ["exec", "exec", { apiVersion: "client.authentication.k8s.io/v1", command: "touch", args: ["/tmp/x"] }],
  ["exec", "exec", null],
  ["auth-provider", "auth-provider", { name: "gcp", config: { "cmd-path": "/bin/sh" } }],
  ["auth-provider", "auth-provider", { name: "oidc", config: { "idp-issuer-url": "https://evil.example" } }],
  ["tokenFile", "token-file", "/var/run/secrets/kubernetes.io/serviceaccount/token"],
  ["client-certificate", "client-certificate-file", "/etc/ssl/client.pem"],
  ["client-key", "client-key-file", "/root/.ssh/id_rsa"],
  ["as", "impersonation", "system:admin"],
  ["as-uid", "impersonation", "1"],
  ["as-groups", "impersonation", ["system:masters"]],
  ["as-user-extra", "impersonation", { scopes: ["all"] }],
  ["username", "basic-auth", "admin"],
  ["password", "basic-auth", "admin"],
  ["Exec", "unknown-key", { command: "id" }],
  ["token_file", "unknown-key", "/etc/passwd"],
  ["token", "non-string", 123456],
  ["token", "non-string", null],
  ["token", "non-string", { $ne: "" }],
  ["token", "too-long", "x".repeat(20_000)],
];

const hostileClusters: [key: string, reason: string, value: unknown][] = [
  ["certificate-authority", "ca-file", "/etc/ssl/certs/ca.pem"],
  ["proxy-url", "proxy-url", "http://evil.example:3128"],
  ["proxy-url", "proxy-url", ""],
  ["tls-server-name", "tls-server-name", "kubernetes"],
  ["insecure-skip-tls-verify", "insecure-tls", true],
  ["insecure-skip-tls-verify", "insecure-tls", "true"],
  ["insecure-skip-tls-verify", "insecure-tls", 0],
  ["insecure-skip-tls-verify", "insecure-tls", null],
  ["disable-compression", "unknown-key", true],
  ["certificate-authority-data", "non-string", 12],
  ["certificate-authority-data", "too-long", "A".repeat(200_000)],
  ["server", "non-string", true],
  ["server", "non-string", ["https://10.0.0.1"]],
  ["server", "missing", ""],
];

const hostileDocuments: [name: string, reason: string, changes: Record<string, unknown> | unknown[]][] = [
  ["a list", "not-a-kubeconfig", []],
  ["another kind", "not-a-kubeconfig", { kind: "Secret" }],
  ["another version", "not-a-kubeconfig", { apiVersion: "v2" }],
  ["an unknown key at the top", "unknown-key", { plugins: [] }],
  ["preferences that mean something", "unknown-key", { preferences: { colors: true } }],
  ["no clusters", "missing", { clusters: undefined }],
  ["clusters as a word", "non-string", { clusters: "all" }],
  ["a user without a name", "missing", { users: [{ user: {} }] }],
  ["a numeric name", "non-string", { users: [{ name: 7, user: {} }] }],
  ["a hundred and one users", "too-many-entries", { users: Array(101).fill({ name: "a", user: {} }) }],
];

test.each(hostileUsers)("a user with %s is refused: %s %j", (key, reason, value) => {
  const users = [{ name: "me", user: { [key]: value } }];
  expect(refusalOf({ ...plain(), users })).toEqual({ reason, path: `users[0].user.${key}` });
});

test.each(hostileClusters)("a cluster with %s is refused: %s %j", (key, reason, value) => {
  const clusters = [{ name: "there", cluster: { server: "https://10.0.0.1", [key]: value } }];
  expect(refusalOf({ ...plain(), clusters })).toEqual({ reason, path: `clusters[0].cluster.${key}` });
});

test.each(hostileDocuments)("%s is refused: %s", (_name, reason, changes) => {
  const document = Array.isArray(changes) ? changes : { ...plain(), ...changes };
  expect(refusalOf(document)).toMatchObject({ reason });
});

test("a user of another context is not spared, and its secret is not repeated", () => {
  const users = [...plain().users, { name: "other", user: { exec: { command: "s3cret" } } }];
  expect(refusalOf({ ...plain(), users })).toEqual({ reason: "exec", path: "users[1].user.exec" });
});

test("what kubectl, kind and minikube write beside it is accepted", () => {
  const cluster = {
    server: "https://10.0.0.1",
    "insecure-skip-tls-verify": false,
    extensions: [{ name: "x" }],
  };
  const document = {
    ...plain(),
    apiVersion: "v1",
    kind: "Config",
    preferences: {},
    clusters: [{ name: "there", cluster }],
  };
  expect(readKubeconfigShape(document).clusters[0]?.cluster.server).toBe("https://10.0.0.1");
});

function plain() {
  return {
    "current-context": "one",
    clusters: [{ name: "there", cluster: { server: "https://10.0.0.1" } }],
    users: [{ name: "me", user: { token: "abc" } }],
    contexts: [{ name: "one", context: { cluster: "there", user: "me" } }],
  };
}

function refusalOf(document: unknown): unknown {
  try {
    return readKubeconfigShape(document);
  } catch (error) {
    return error instanceof AppError ? error.params : error;
  }
}
