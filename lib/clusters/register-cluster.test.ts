import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aKubeconfig } from "@/e2e/factories/kubeconfig";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { previewKubeconfig } from "./preview-kubeconfig";
import { registerCluster } from "./register-cluster";

let listener: Server;
let connections = 0;
let server: string;

beforeAll(async () => {
  listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  // A TCP server's address is always an AddressInfo.
  server = `https://127.0.0.1:${(listener.address() as AddressInfo).port}`;
});
afterAll(() => listener.close());

const given = (name: string, kubeconfig: string) => ({
  name,
  displayName: "A cluster",
  environment: "test",
  kubeconfig,
  schedulingWeight: 100,
});

async function rowsOf(name: string) {
  const clusters = await db().cluster.count({ where: { name } });
  const records = await db().auditLog.count({ where: { resourceName: name } });
  return { clusters, records };
}

test("a registered cluster waits for its first look under an open policy, on record, its credential sealed", async () => {
  const ctx = await anAdministrator();
  const { id } = await registerCluster(ctx, given("first", await aKubeconfig({ server })));

  const cluster = await db().cluster.findUniqueOrThrow({
    where: { id },
    include: { policy: true, credential: true },
  });
  expect(cluster).toMatchObject({ name: "first", status: "UNKNOWN", enabled: true, apiServerUrl: server });
  expect(cluster.policy).toMatchObject({ allowGpu: true, allowedStorageClasses: [] });
  expect(cluster.credential?.summary).toMatchObject({ server, authKind: "token" });
  const sealed = envelope.parse(cluster.credential?.envelope);
  expect(JSON.parse(await openFor("cluster", sealed, `cluster:${id}`))).toMatchObject({ server });
  await expect(openFor("cluster", sealed, "cluster:another")).rejects.toThrow();

  const records = await db().auditLog.findMany({ where: { resourceId: id } });
  expect(records.map(({ action, actorId }) => [action, actorId])).toEqual([
    ["cluster.register", ctx.actor.id],
  ]);
  expect(await jobsFor(id)).toBe(1);
  expect(connections).toBe(0);
});

test("no secret of a kubeconfig is in the audit record or the summary", async () => {
  const ctx = await anAdministrator();
  const kubeconfig = await aKubeconfig({ user: { token: "canary-4711-token" } });
  const { id } = await registerCluster(ctx, given("canary", kubeconfig));
  const rows = await db().$queryRaw<{ text: string }[]>`
    SELECT to_jsonb(a)::text AS text FROM audit_logs a WHERE resource_id = ${id}
    UNION ALL SELECT to_jsonb(c)::text FROM cluster_credentials c WHERE cluster_id = ${id}
    UNION ALL SELECT to_jsonb(c)::text FROM clusters c WHERE id = ${id}`;
  expect(rows.length).toBe(3);
  expect(rows.filter(({ text }) => text.includes("canary-4711"))).toEqual([]);
});

test("a preview says where a kubeconfig leads, and writes and contacts nothing", async () => {
  const ctx = await anAdministrator();
  const before = await db().cluster.count();
  const preview = await previewKubeconfig(ctx, { kubeconfig: await aKubeconfig({ server }) });
  expect(preview).toMatchObject({ server, authKind: "token", contextName: "one", expiresAt: null });
  expect(await db().cluster.count()).toBe(before);
  expect(connections).toBe(0);
});

test("a name that is taken is refused and the first cluster stays as it was", async () => {
  const ctx = await anAdministrator();
  await registerCluster(ctx, given("twice", await aKubeconfig()));
  await expect(registerCluster(ctx, given("twice", await aKubeconfig()))).rejects.toMatchObject({
    fields: [{ field: "name", code: "already_exists" }],
  });
  expect(await rowsOf("twice")).toEqual({ clusters: 1, records: 1 });
});

test("only who holds cluster:write registers or previews", async () => {
  const engineer = await aPerson("role-development-engineer");
  const kubeconfig = await aKubeconfig();
  await expect(registerCluster(engineer, given("theirs", kubeconfig))).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
  await expect(previewKubeconfig(engineer, { kubeconfig })).rejects.toMatchObject({
    code: "PERMISSION_DENIED",
  });
  expect(await rowsOf("theirs")).toEqual({ clusters: 0, records: 0 });
});

describe("a hostile kubeconfig is refused with its reason: nothing is written, nothing is contacted", () => {
  const cases: [string, () => Promise<string>][] = [
    ["exec", () => aKubeconfig({ server, user: { exec: { command: "touch", args: ["/tmp/pwned"] } } })],
    ["auth-provider", () => aKubeconfig({ server, user: { "auth-provider": { name: "gcp" } } })],
    ["token-file", () => aKubeconfig({ server, user: { tokenFile: "/etc/passwd" } })],
    ["client-key-file", () => aKubeconfig({ server, user: { token: "t", "client-key": "/etc/passwd" } })],
    ["ca-file", () => aKubeconfig({ server, cluster: { "certificate-authority": "/etc/passwd" } })],
    ["proxy-url", () => aKubeconfig({ cluster: { "proxy-url": server } })],
    ["insecure-tls", () => aKubeconfig({ server, cluster: { "insecure-skip-tls-verify": true } })],
    ["http", () => aKubeconfig({ server: server.replace("https", "http") })],
    ["unix-socket", () => aKubeconfig({ server: "unix:/var/run/docker.sock" })],
    ["impersonation", () => aKubeconfig({ server, user: { token: "t", as: "system:admin" } })],
    ["basic-auth", () => aKubeconfig({ server, user: { username: "a", password: "b" } })],
    ["control-character", () => aKubeconfig({ server, user: { token: "a\r\nX-Evil: 1" } })],
    ["missing-ca", () => aKubeconfig({ server, cluster: { "certificate-authority-data": undefined } })],
    ["alias", () => Promise.resolve("a: &a [x]\nb: *a\n")],
    ["not-yaml", () => Promise.resolve("{ not yaml")],
  ];
  test.each(cases)("%s", async (reason, spoiled) => {
    const ctx: Context = await anAdministrator();
    const name = `bad-${reason}`;
    await expect(registerCluster(ctx, given(name, await spoiled()))).rejects.toMatchObject({
      code: "KUBECONFIG_REFUSED",
      params: { reason },
    });
    expect(await rowsOf(name)).toEqual({ clusters: 0, records: 0 });
    expect(connections).toBe(0);
  });
});

async function jobsFor(clusterId: string): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pgboss.job
    WHERE name = 'clusters.check' AND data ->> 'clusterId' = ${clusterId}`;
  return row?.count ?? 0;
}

test("a cluster's credential is taken only from somebody who proved a second factor lately", async () => {
  const ctx = await anAdministrator();
  const stale = { ...ctx, actor: { ...ctx.actor, mfaAt: new Date(Date.now() - 11 * 60_000) } };
  const kubeconfig = await aKubeconfig();
  await expect(registerCluster(stale, given("stale", kubeconfig))).rejects.toMatchObject({
    code: "MFA_REQUIRED",
    params: { purpose: "change_cluster_credentials", isEnrolled: true, maxAgeMinutes: 10 },
  });
  expect(await db().cluster.count({ where: { name: "stale" } })).toBe(0);
});
