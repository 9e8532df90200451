import "reflect-metadata";
import { PemConverter, X509CertificateGenerator } from "@peculiar/x509";
import { beforeAll, expect, test } from "vitest";
import { stringify } from "yaml";
import { AppError } from "@/lib/core/errors";
import { describeConnection, parseKubeconfig } from "./kubeconfig";

interface Pair {
  certificate: string;
  key: string;
}

let authority: Pair;
let client: Pair;

beforeAll(async () => {
  authority = await createPair("CN=lab-ca");
  client = await createPair("CN=shepherd, O=admins");
});

test("a service account's kubeconfig becomes server, authority and token", () => {
  expect(parseKubeconfig(stringify(plain()))).toEqual({
    server: "https://10.0.0.1:6443",
    caData: authority.certificate,
    auth: { kind: "token", token: "eyJh.e30.c2ln" },
    contextName: "one",
  });
});

test("kind's kubeconfig becomes server, authority and client certificate", () => {
  const kubeconfig = plain({ user: clientCertificate() });
  expect(parseKubeconfig(stringify(kubeconfig)).auth).toEqual({
    kind: "certificate",
    certificate: client.certificate,
    key: client.key,
  });
});

test("JSON, harmless keys, a path behind the server and a namespace are accepted", () => {
  const kubeconfig = {
    ...plain({
      cluster: { server: "https://Rancher.example/k8s/clusters/c-1/", extensions: [{ name: "x" }] },
    }),
    apiVersion: "v1",
    kind: "Config",
    preferences: {},
    extensions: [{ name: "minikube", extension: { version: "1" } }],
  };
  kubeconfig.contexts[0].context.namespace = "team-a";
  const connection = parseKubeconfig(JSON.stringify(kubeconfig));
  expect(connection).toMatchObject({
    server: "https://rancher.example/k8s/clusters/c-1",
    namespace: "team-a",
  });
});

test("the only context is chosen when none is current", () => {
  const kubeconfig = plain();
  kubeconfig["current-context"] = "";
  expect(parseKubeconfig(stringify(kubeconfig)).contextName).toBe("one");
});

test("a key written after its EC parameters is accepted", () => {
  const parameters = "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
  const user = { ...clientCertificate(), "client-key-data": base64(parameters + client.key) };
  expect(parseKubeconfig(stringify(plain({ user }))).auth.kind).toBe("certificate");
});

test("a preview names the authority and the end of the credential, and holds no secret", () => {
  const expiry = Buffer.from(JSON.stringify({ exp: 1_900_000_000 })).toString("base64url");
  const connection = parseKubeconfig(stringify(plain({ user: { token: `eyJh.${expiry}.c2ln` } })));
  const description = describeConnection(connection);
  expect(description).toMatchObject({
    authKind: "token",
    caSubject: "CN=lab-ca",
    expiresAt: new Date(1_900_000_000_000),
  });
  expect(description.caFingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  expect(JSON.stringify(description)).not.toContain("c2ln");

  const byCertificate = parseKubeconfig(stringify(plain({ user: clientCertificate() })));
  expect(describeConnection(byCertificate).expiresAt?.getUTCFullYear()).toBe(2040);
  expect(JSON.stringify(describeConnection(byCertificate))).not.toContain("PRIVATE");
});

type Hostile = [name: string, reason: string, write: () => string];

const hostile: Hostile[] = [
  ["a sentence", "not-a-kubeconfig", () => "hello there"],
  [
    "YAML's own tricks",
    "alias",
    () => stringify(plain()).replace("current-context: one", "current-context: &a one"),
  ],
  ["a command", "exec", () => stringify(plain({ user: { token: "abc", exec: { command: "id" } } }))],
  ["a plain server", "http", () => stringify(plain({ cluster: { server: "http://10.0.0.1" } }))],
  ["a plain server of another context", "http", otherClusterOverHttp],
  [
    "a user twice",
    "duplicate-name",
    () => stringify({ ...plain(), users: [...plain().users, ...plain().users] }),
  ],
  [
    "a context that is not there",
    "unknown-context",
    () => stringify({ ...plain(), "current-context": "two" }),
  ],
  ["two contexts and none current", "no-context", twoContexts],
  ["a cluster that is not there", "unknown-cluster", () => withContext({ cluster: "nope" })],
  ["a user that is not there", "unknown-user", () => withContext({ user: "nope" })],
  [
    "no authority",
    "missing-ca",
    () => stringify(plain({ cluster: { "certificate-authority-data": undefined } })),
  ],
  ["an empty authority", "missing-ca", () => withEncodedAuthority("")],
  ["an authority that is not base64", "bad-base64", () => withEncodedAuthority("not*base64")],
  ["an authority with a tail", "bad-base64", () => withEncodedAuthority("QUJD=")],
  ["an authority that is not PEM", "not-pem", () => withAuthority("hello")],
  ["an authority that is no certificate", "bad-certificate", () => withAuthority(pem("CERTIFICATE", "AAAA"))],
  ["a key hidden among authorities", "not-pem", () => withAuthority(authority.certificate + client.key)],
  ["no credentials", "missing-credentials", () => stringify(plain({ user: {} }))],
  ["an empty token", "missing-credentials", () => withToken("")],
  ["a token that ends its header", "control-character", () => withToken("abc\r\nX-Remote-User: admin")],
  ["a token with a zero byte", "control-character", () => withToken("abc\u0000")],
  ["a token with a space", "bad-token", () => withToken("abc def")],
  ["a token beyond ASCII", "bad-token", () => withToken("tökén")],
  [
    "a token and a certificate",
    "several-credentials",
    () => stringify(plain({ user: { ...clientCertificate(), token: "a" } })),
  ],
  ["a certificate without its key", "missing-credentials", withoutKey],
  ["another certificate's key", "key-mismatch", () => withKey(authority.key)],
  ["an encrypted key", "not-pem", () => withKey(pem("ENCRYPTED PRIVATE KEY", "MIIB"))],
  ["a broken key", "bad-key", () => withKey(pem("PRIVATE KEY", "MIIB"))],
  ["two keys", "not-pem", () => withKey(client.key + authority.key)],
];

test.each(hostile)("%s is refused: %s", (_name, reason, write) => {
  const error = refusalOf(write());
  expect(error.code).toBe("KUBECONFIG_REFUSED");
  expect(error.params.reason).toBe(reason);
  expect(error.params.path).toBeTypeOf("string");
});

function refusalOf(text: string): AppError {
  try {
    parseKubeconfig(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("the kubeconfig was accepted");
}

interface Kubeconfig {
  "current-context": string;
  clusters: { name: string; cluster: Record<string, unknown> }[];
  users: { name: string; user: Record<string, unknown> }[];
  contexts: [{ name: string; context: Record<string, string> }];
}

function plain(
  changes: { cluster?: Record<string, unknown>; user?: Record<string, unknown> } = {},
): Kubeconfig {
  const cluster = {
    server: "https://10.0.0.1:6443",
    "certificate-authority-data": base64(authority.certificate),
    ...changes.cluster,
  };
  return {
    "current-context": "one",
    clusters: [{ name: "there", cluster }],
    users: [{ name: "me", user: changes.user ?? { token: "eyJh.e30.c2ln" } }],
    contexts: [{ name: "one", context: { cluster: "there", user: "me" } }],
  };
}

function clientCertificate(): Record<string, string> {
  return { "client-certificate-data": base64(client.certificate), "client-key-data": base64(client.key) };
}

function withKey(key: string): string {
  return stringify(plain({ user: { ...clientCertificate(), "client-key-data": base64(key) } }));
}

function withoutKey(): string {
  return stringify(plain({ user: { "client-certificate-data": base64(client.certificate) } }));
}

function withAuthority(text: string): string {
  return withEncodedAuthority(base64(text));
}

function withEncodedAuthority(encoded: string): string {
  return stringify(plain({ cluster: { "certificate-authority-data": encoded } }));
}

function withContext(changes: Record<string, string>): string {
  const kubeconfig = plain();
  Object.assign(kubeconfig.contexts[0].context, changes);
  return stringify(kubeconfig);
}

function withToken(token: string): string {
  return JSON.stringify(plain({ user: { token } }));
}

function otherClusterOverHttp(): string {
  const kubeconfig = plain();
  kubeconfig.clusters.push({ name: "other", cluster: { server: "http://10.0.0.2" } });
  return stringify(kubeconfig);
}

function twoContexts(): string {
  const kubeconfig = plain();
  const second = { ...kubeconfig.contexts[0], name: "two" };
  return JSON.stringify({
    ...kubeconfig,
    "current-context": undefined,
    contexts: [...kubeconfig.contexts, second],
  });
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function pem(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

async function createPair(subject: string): Promise<Pair> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: subject,
    notBefore: new Date("2020-01-01"),
    notAfter: new Date("2040-01-01"),
    signingAlgorithm: algorithm,
    keys,
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificate: `${certificate.toString("pem")}\n`,
    key: `${PemConverter.encode(key, "PRIVATE KEY")}\n`,
  };
}
