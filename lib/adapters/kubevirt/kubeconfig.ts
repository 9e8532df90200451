import { X509Certificate } from "node:crypto";
import { readCertificates, readKey } from "./certificates";
import { readKubeconfigShape, type Kubeconfig, type KubeconfigUser } from "./kubeconfig-schema";
import { readKubeconfigText } from "./kubeconfig-text";
import { refuse, type KubeconfigRefusal } from "./kubeconfig-refusal";
import { readServerAddress } from "./server-address";

export type ClusterCredentials =
  { kind: "token"; token: string } | { kind: "certificate"; certificate: string; key: string };

/** All of a kubeconfig that Shepherd ever honours. Holds secrets: seal it, never log it. */
export interface ClusterConnection {
  server: string;
  caData: string;
  auth: ClusterCredentials;
  namespace?: string;
  contextName: string;
}

/** Throws KUBECONFIG_REFUSED {reason, path}; pure, opens no file and no connection. */
export function parseKubeconfig(text: string): ClusterConnection {
  const kubeconfig = readKubeconfigShape(readKubeconfigText(text));
  refuseDuplicateNames(kubeconfig);
  kubeconfig.clusters.forEach(({ cluster }, index) =>
    readServerAddress(cluster.server, clusterPath(index, "server")),
  );

  const { context, name: contextName } = chooseContext(kubeconfig);
  const clusterIndex = indexOfName(kubeconfig.clusters, context.cluster, "unknown-cluster");
  const userIndex = indexOfName(kubeconfig.users, context.user, "unknown-user");

  const connection: ClusterConnection = {
    ...readCluster(kubeconfig, clusterIndex),
    auth: readCredentials(kubeconfig.users[userIndex]?.user ?? {}, `users[${userIndex}].user`),
    contextName,
  };
  if (context.namespace) connection.namespace = context.namespace;
  return connection;
}

export interface ConnectionDescription {
  server: string;
  contextName: string;
  authKind: ClusterCredentials["kind"];
  caFingerprint: string;
  caSubject: string;
  caExpiresAt: Date;
  /** When the credential itself ends: the client certificate's date, or a token's own claim; null when it names none. */
  expiresAt: Date | null;
}

/** What a preview may show: no secret in it. */
export function describeConnection(connection: ClusterConnection): ConnectionDescription {
  const authority = new X509Certificate(connection.caData);
  return {
    server: connection.server,
    contextName: connection.contextName,
    authKind: connection.auth.kind,
    caFingerprint: authority.fingerprint256,
    caSubject: authority.subject.replaceAll("\n", ", "),
    caExpiresAt: new Date(authority.validTo),
    expiresAt: credentialExpiry(connection.auth),
  };
}

function refuseDuplicateNames(kubeconfig: Kubeconfig) {
  for (const list of ["clusters", "users", "contexts"] as const) {
    const names = new Set<string>();
    kubeconfig[list].forEach((entry, index) => {
      if (names.has(entry.name)) refuse("duplicate-name", `${list}[${index}].name`);
      names.add(entry.name);
    });
  }
}

function chooseContext(kubeconfig: Kubeconfig): Kubeconfig["contexts"][number] {
  const wanted = kubeconfig["current-context"] ?? "";
  const only = kubeconfig.contexts.length === 1 ? kubeconfig.contexts[0] : undefined;
  if (wanted === "") return only ?? refuse("no-context", "current-context");
  return (
    kubeconfig.contexts.find((one) => one.name === wanted) ?? refuse("unknown-context", "current-context")
  );
}

function indexOfName(entries: { name: string }[], name: string, reason: KubeconfigRefusal): number {
  const index = entries.findIndex((entry) => entry.name === name);
  return index === -1 ? refuse(reason, "contexts") : index;
}

function readCluster(kubeconfig: Kubeconfig, index: number): Pick<ClusterConnection, "server" | "caData"> {
  const cluster = kubeconfig.clusters[index]?.cluster ?? refuse("unknown-cluster", "contexts");
  const path = clusterPath(index, "certificate-authority-data");
  const encoded = cluster["certificate-authority-data"];
  if (!encoded) return refuse("missing-ca", path);
  return {
    server: readServerAddress(cluster.server, clusterPath(index, "server")),
    caData: readCertificates(encoded, path),
  };
}

function readCredentials(user: KubeconfigUser, path: string): ClusterCredentials {
  const token = user.token;
  const certificate = user["client-certificate-data"];
  const key = user["client-key-data"];
  const hasCertificate = certificate !== undefined || key !== undefined;
  if (token !== undefined && hasCertificate) return refuse("several-credentials", path);
  if (token !== undefined) return { kind: "token", token: readToken(token, `${path}.token`) };
  if (!certificate || !key) return refuse("missing-credentials", path);

  const chain = readCertificates(certificate, `${path}.client-certificate-data`);
  return { kind: "certificate", certificate: chain, key: readKey(key, chain, `${path}.client-key-data`) };
}

// The token becomes a header, so anything but the characters of RFC 6750 could end the line and start another.
function readToken(token: string, path: string): string {
  if (token === "") return refuse("missing-credentials", path);
  if (/[\u0000-\u001f\u007f-\u009f]/.test(token)) return refuse("control-character", path);
  return /^[A-Za-z0-9._~+/:-]+=*$/.test(token) ? token : refuse("bad-token", path);
}

function clusterPath(index: number, key: string): string {
  return `clusters[${index}].cluster.${key}`;
}

function credentialExpiry(auth: ClusterCredentials): Date | null {
  if (auth.kind === "certificate") return new Date(new X509Certificate(auth.certificate).validTo);
  return tokenExpiry(auth.token);
}

function tokenExpiry(token: string): Date | null {
  const parts = token.split(".");
  if (parts.length !== 3 || !parts[1]) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(parts[1], "base64url").toString("utf8"));
    if (typeof claims !== "object" || claims === null || !("exp" in claims)) return null;
    return typeof claims.exp === "number" && claims.exp < 1e11 ? new Date(claims.exp * 1000) : null;
  } catch {
    return null;
  }
}
