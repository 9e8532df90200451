import { z } from "zod";
import { refuse, type KubeconfigRefusal } from "./kubeconfig-refusal";

const name = z.string().min(1).max(512);
const encoded = z.string().max(128 * 1024);
const ignored = z.unknown().optional();

const clusterEntry = z.strictObject({
  name,
  cluster: z.strictObject({
    server: z.string().min(1).max(2048),
    "certificate-authority-data": encoded.optional(),
    "insecure-skip-tls-verify": z.literal(false).optional(),
    extensions: ignored,
  }),
});

const userEntry = z.strictObject({
  name,
  user: z.strictObject({
    token: z
      .string()
      .max(16 * 1024)
      .optional(),
    "client-certificate-data": encoded.optional(),
    "client-key-data": encoded.optional(),
    extensions: ignored,
  }),
});

const contextEntry = z.strictObject({
  name,
  context: z.strictObject({
    cluster: name,
    user: name,
    namespace: z.string().max(63).optional(),
    extensions: ignored,
  }),
});

const kubeconfigSchema = z.strictObject({
  apiVersion: z.literal("v1").optional(),
  kind: z.literal("Config").optional(),
  preferences: z.strictObject({}).nullish(),
  extensions: ignored,
  "current-context": z.string().max(512).optional(),
  clusters: z.array(clusterEntry).max(100),
  users: z.array(userEntry).max(100),
  contexts: z.array(contextEntry).max(100),
});

export type Kubeconfig = z.output<typeof kubeconfigSchema>;
export type KubeconfigUser = Kubeconfig["users"][number]["user"];

/** Keys that would make a client run, read or trust something; named one by one so that each has its own word. */
const refusedClusterKeys: Record<string, KubeconfigRefusal> = {
  "certificate-authority": "ca-file",
  "proxy-url": "proxy-url",
  "tls-server-name": "tls-server-name",
};
const refusedUserKeys: Record<string, KubeconfigRefusal> = {
  exec: "exec",
  "auth-provider": "auth-provider",
  tokenFile: "token-file",
  "client-certificate": "client-certificate-file",
  "client-key": "client-key-file",
  as: "impersonation",
  "as-uid": "impersonation",
  "as-groups": "impersonation",
  "as-user-extra": "impersonation",
  username: "basic-auth",
  password: "basic-auth",
};

/** The whole document must be clean, the entries of other contexts too. */
export function readKubeconfigShape(value: unknown): Kubeconfig {
  if (!isRecord(value)) return refuse("not-a-kubeconfig");
  refuseDangerousKeys(value, { list: "clusters", entry: "cluster", keys: refusedClusterKeys });
  refuseDangerousKeys(value, { list: "users", entry: "user", keys: refusedUserKeys });
  const parsed = kubeconfigSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  return refuseIssue(parsed.error.issues[0], value);
}

function refuseDangerousKeys(
  value: Record<string, unknown>,
  where: { list: string; entry: string; keys: Record<string, KubeconfigRefusal> },
) {
  const list = value[where.list];
  if (!Array.isArray(list)) return;
  list.forEach((item: unknown, index) => {
    const entry = isRecord(item) ? item[where.entry] : undefined;
    if (!isRecord(entry)) return;
    const path = `${where.list}[${index}].${where.entry}`;
    for (const key of Object.keys(entry)) {
      const reason = where.keys[key];
      if (reason) refuse(reason, `${path}.${key}`);
    }
    const insecure = entry["insecure-skip-tls-verify"];
    if (insecure !== undefined && insecure !== false)
      refuse("insecure-tls", `${path}.insecure-skip-tls-verify`);
  });
}

function refuseIssue(issue: z.core.$ZodIssue | undefined, value: unknown): never {
  if (!issue) return refuse("not-a-kubeconfig");
  const path = pathText(issue.path);
  if (issue.code === "unrecognized_keys") {
    const key = (issue.keys[0] ?? "").slice(0, 100);
    return refuse("unknown-key", path === "" ? key : `${path}.${key}`);
  }
  if (issue.path[0] === "kind" || issue.path[0] === "apiVersion") return refuse("not-a-kubeconfig", path);
  if (issue.code === "too_big")
    return refuse(issue.origin === "array" ? "too-many-entries" : "too-long", path);
  if (issue.code === "too_small") return refuse("missing", path);
  return refuse(valueAt(value, issue.path) === undefined ? "missing" : "non-string", path);
}

function pathText(path: PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    if (Array.isArray(inner) && typeof key === "number") return inner[key];
    return isRecord(inner) ? inner[String(key)] : undefined;
  }, value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
