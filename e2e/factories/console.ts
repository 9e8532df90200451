import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import { aCluster } from "./cluster";
import { aNamespace } from "./namespace";
import { aPerson } from "./person";
import { aVm } from "./vm";

export type SignedIn = Context & { actor: Person };

/** A running VM on a cluster of its own. */
export async function aRunningVm(
  over: {
    environment?: string;
    status?: string;
    kubeconfig?: string;
    name?: string;
    namespace?: string;
  } = {},
) {
  const { environment = "test", status = "RUNNING", kubeconfig, name, namespace } = over;
  const cluster = await aCluster(kubeconfig === undefined ? {} : { kubeconfig });
  const place = await aNamespace({ environment, ...(namespace === undefined ? {} : { name: namespace }) });
  const vm = await aVm({
    clusterId: cluster.id,
    namespace: place.name,
    status,
    ...(name === undefined ? {} : { name }),
  });
  const { service } = await db().vm.findUniqueOrThrow({
    where: { id: vm.id },
    select: { service: { select: { systemId: true } } },
  });
  return { ...vm, clusterId: cluster.id, systemId: service.systemId };
}

/** Somebody signed in, with a live session and a cookie for it, who works on the VM's system. */
export async function aConsoleUser(
  systemId: string,
  { role = "member", environments = ["test", "prod"] }: { role?: ResourceRole; environments?: string[] } = {},
): Promise<{ ctx: SignedIn; cookie: string }> {
  const ctx = await aPerson("role-system-operator", { environments });
  await db().resourceRoleBinding.create({
    data: {
      id: newId(),
      userId: ctx.actor.id,
      resourceType: "system",
      resourceId: systemId,
      role,
      grantedBy: "test",
    },
    select: { id: true },
  });
  return { ctx, cookie: await aSession(ctx) };
}

/** The row of the person's session, and the cookie that names it. */
export async function aSession({ actor }: SignedIn): Promise<string> {
  const expiresAt = new Date(Date.now() + 3_600_000);
  await db().userSession.create({
    data: { id: actor.sessionId, userId: actor.id, sessionVersion: 1, expiresAt },
    select: { id: true },
  });
  return signSessionCookie({ id: actor.sessionId, userId: actor.id, expiresAt });
}

/** What the audit log says of a VM's console, oldest first. */
export async function consoleRecords(
  vmId: string,
): Promise<{ phase: string; outcome: string; reason: string | null }[]> {
  return db().$queryRaw`
    SELECT details ->> 'phase' AS phase, outcome, details ->> 'reason' AS reason FROM audit_logs
    WHERE action = 'vnc.access' AND resource_id = ${vmId} ORDER BY seq`;
}
