import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import { bindResourceRole } from "@/lib/access/bind-resource-role";
import { createNamespace } from "@/lib/clusters/create-namespace";
import { setMetricsSource } from "@/lib/clusters/metrics-source/set-metrics-source";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { closeConnections } from "@/lib/core/close-connections";
import { platformContext, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { createUser } from "@/lib/identity/create-user";
import { createService } from "@/lib/systems/create-service";
import { createSystem } from "@/lib/systems/create-system";
import { updateSystem } from "@/lib/systems/update-system";
import { addCatalogue } from "./demo-catalogue";

/** Demo people, a catalogue, a system and the lab as a cluster, all through the use cases. Safe to run again. */
const people = [
  { username: "dana", displayName: "Dana Reyes", roleId: "role-development-engineer", role: "requester" },
  { username: "alex", displayName: "Alex Novak", roleId: "role-approval-admin", role: "approver" },
  { username: "vera", displayName: "Vera Lind", roleId: "role-viewer", role: "viewer" },
] as const;

const namespaces = [
  { name: "shop-test", environment: "test", description: "Where the shop's teams try things" },
  { name: "data-test", environment: "test", description: "Databases and pipelines under test" },
  { name: "shop-prod", environment: "prod", description: "The shop as customers meet it" },
] as const;

interface Account {
  username: string;
  role: string;
  /** Absent for people who were here before: only their hash is kept. Null once its owner has changed it. */
  password?: string | null;
}

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kubeconfig: { type: "string" },
      accounts: { type: "string" },
      prometheus: { type: "string" },
    },
  });
  const ctx = platformContext("demo");
  const accounts: Account[] = [await firstAdministrator()];
  for (const person of people) accounts.push(await addPerson(ctx, person));
  await addCatalogue(ctx);
  for (const namespace of namespaces) await addNamespace(ctx, namespace);
  await addSystem();
  if (values.kubeconfig !== undefined) await addCluster(ctx, readFileSync(values.kubeconfig, "utf8"));
  if (values.prometheus !== undefined) await measureCluster(ctx, readFileSync(values.prometheus, "utf8"));
  process.stdout.write(`${JSON.stringify({ accounts })}\n`);
}

/** Its first password is known until it is changed, which the first sign-in demands. */
async function firstAdministrator(): Promise<Account> {
  const { forcePasswordChange } = await db().user.findUniqueOrThrow({
    where: { username: "admin" },
    select: { forcePasswordChange: true },
  });
  return { username: "admin", role: "administrator", password: forcePasswordChange ? "admin" : null };
}

async function addPerson(ctx: Context, person: (typeof people)[number]): Promise<Account> {
  const { username, displayName, roleId, role } = person;
  const known = await db().user.findUnique({ where: { username }, select: { id: true } });
  if (known !== null) return { username, role };
  const password = randomBytes(12).toString("base64url");
  await createUser(ctx, {
    username,
    displayName,
    email: null,
    initialPassword: password,
    mustChangePassword: false,
    role: { roleId, environments: ["test", "prod"] },
  });
  return { username, role, password };
}

async function addNamespace(ctx: Context, namespace: (typeof namespaces)[number]): Promise<void> {
  const known = await db().namespace.findUnique({ where: { name: namespace.name }, select: { id: true } });
  if (known === null) await createNamespace(ctx, namespace);
}

/** Dana's own system, which people may find and ask for; Vera may look. */
async function addSystem(): Promise<void> {
  const known = await db().system.findUnique({ where: { name: "shop" }, select: { id: true } });
  if (known !== null) return;
  const dana = await contextOf("dana");
  const system = await createSystem(dana, { name: "shop", description: "The web shop and what it needs." });
  await updateSystem(dana, { systemId: system.id, listed: true });
  await createService(dana, { systemId: system.id, name: "redis", description: "Session cache" });
  await createService(dana, { systemId: system.id, name: "web", description: "Front end servers" });
  const vera = await db().user.findUniqueOrThrow({ where: { username: "vera" }, select: { id: true } });
  const resource = { type: "system", id: system.id } as const;
  await inTransaction((tx) => bindResourceRole(tx, dana, { userId: vera.id, role: "viewer", resource }));
}

async function addCluster(ctx: Context, kubeconfig: string): Promise<void> {
  const known = await db().cluster.findUnique({ where: { name: "lab" }, select: { id: true } });
  if (known !== null) return;
  await registerCluster(ctx, {
    name: "lab",
    displayName: "Lab",
    environment: "test",
    kubeconfig,
    schedulingWeight: 100,
  });
}

/** What the lab's Prometheus keeps of itself. */
const measuring = z.object({ port: z.number(), token: z.string(), caPem: z.string() });

async function measureCluster(ctx: Context, kept: string): Promise<void> {
  const cluster = await db().cluster.findUnique({ where: { name: "lab" }, select: { id: true } });
  if (cluster === null) return;
  const { port, token, caPem: caCertificate } = measuring.parse(JSON.parse(kept));
  const address = `https://127.0.0.1:${port}`;
  await setMetricsSource(ctx, { clusterId: cluster.id, address, token, caCertificate, withoutToken: false });
}

async function contextOf(username: string): Promise<Context> {
  const user = await db().user.findUniqueOrThrow({
    where: { username },
    select: { id: true, username: true, displayName: true },
  });
  const signedIn = { pendingStep: null, hasSecondFactor: false, mfaAt: null, token: null, viewedBy: null };
  const actor = { kind: "person", ...user, ...signedIn, sessionId: newId() } as const;
  return { ...platformContext("demo"), actor };
}

try {
  await run();
} finally {
  await closeConnections();
}
