import { aPerson } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import type { Context, Person, TokenReach } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

export type SignedIn = Context & { actor: Person };

/** What somebody rightly does with a request: theirs, on their desk, theirs to read, or nothing at all. */
export type Relation = "requester" | "approver" | "reader" | "outsider";

export interface Somebody {
  title: string;
  ctx: Context;
  relation: Relation;
}

/** Around one requester and their System: everybody who may come near its requests. */
export interface Cast {
  title: string;
  requester: SignedIn;
  approver: SignedIn;
  systemId: string;
  serviceId: string;
  everybody: Somebody[];
  /** What changes only once requests wait: a role that the requester gives away. */
  giveRole: () => Promise<void>;
}

const approverRole = "role-approval-admin";
const nobodysRole = null;

/** Somebody who asks and holds nothing that decides, and everybody else. */
export async function aPlainCast(): Promise<Cast> {
  const requester = await aPerson("role-development-engineer");
  const { id: serviceId, systemId } = await aService(requester);
  const approver = await aPerson(approverRole);
  const given = await aPerson(nobodysRole);
  await delegate(approver, requester);
  return {
    ...{ title: "an engineer's", requester, approver, systemId, serviceId },
    everybody: [
      ...(await selvesOf(requester)),
      { title: "an approver", ctx: approver, relation: "approver" },
      { title: "somebody with a role from the requester", ctx: given, relation: "reader" },
      ...(await aroundSystem(systemId)),
      ...(await approversOfElsewhere()),
      ...unfinished(approver),
    ],
    giveRole: () => bind(given, approverRole, { createdBy: requester.actor.id }),
  };
}

/** Somebody who asks and could decide, were it not their own. */
export async function aMightyCast(title: string, role: string): Promise<Cast> {
  const requester = await aPerson("role-development-engineer");
  await bind(requester, role);
  const { id: serviceId, systemId } = await aService(requester);
  const everybody = await selvesOf(requester);
  const approver = await aPerson(approverRole);
  return { title, requester, approver, systemId, serviceId, everybody, giveRole: async () => {} };
}

/** The requester in every guise. */
async function selvesOf(requester: SignedIn): Promise<Somebody[]> {
  const service = await aPerson(approverRole);
  await db().user.update({
    where: { id: service.actor.id },
    data: { authType: "service", createdBy: requester.actor.id },
    select: { id: true },
  });
  const standIn = await aPerson(nobodysRole);
  await delegate(requester, standIn);
  return [
    { title: "the requester", ctx: requester, relation: "requester" },
    { title: "the requester's token", ctx: withToken(requester), relation: "requester" },
    { title: "the requester's service account", ctx: service, relation: "reader" },
    { title: "the requester's stand-in", ctx: standIn, relation: "outsider" },
  ];
}

async function aroundSystem(systemId: string): Promise<Somebody[]> {
  const watcher = await aWatcher();
  const owner = await aPerson("role-viewer");
  await db().resourceRoleBinding.create({
    data: {
      ...{ id: newId(), userId: owner.actor.id, resourceType: "system", resourceId: systemId },
      ...{ role: "admin", grantedBy: "test" },
    },
    select: { id: true },
  });
  return [
    { title: "a watcher", ctx: watcher, relation: "reader" },
    { title: "a keeper of the System", ctx: owner, relation: "outsider" },
    { title: "a viewer", ctx: await aPerson("role-viewer"), relation: "outsider" },
    { title: "another engineer", ctx: await aPerson("role-development-engineer"), relation: "outsider" },
    { title: "a stranger", ctx: await aPerson(nobodysRole), relation: "outsider" },
  ];
}

async function aWatcher(): Promise<SignedIn> {
  const watcher = await aPerson(nobodysRole);
  const id = newId();
  const permissions = { create: [{ permission: "builtin_approval:view" }, { permission: "ticket:view" }] };
  await db().role.create({
    data: { id, name: id, displayName: "Watcher", permissions },
    select: { id: true },
  });
  await bind(watcher, id);
  return watcher;
}

async function approversOfElsewhere(): Promise<Somebody[]> {
  const [elsewhere, past, gone] = await Promise.all([
    aPerson(nobodysRole),
    aPerson(nobodysRole),
    aPerson(approverRole),
  ]);
  await bind(elsewhere, approverRole, { scopeType: "system", scopeId: newId() });
  await bind(past, approverRole, { expiresAt: new Date(Date.now() - 1_000) });
  await db().user.update({ where: { id: gone.actor.id }, data: { enabled: false }, select: { id: true } });
  const another = await aPerson(approverRole, { environments: ["prod"] });
  return [
    { title: "an approver of another System", ctx: elsewhere, relation: "outsider" },
    { title: "an approver of another environment", ctx: another, relation: "outsider" },
    { title: "an approver whose role has ended", ctx: past, relation: "outsider" },
    { title: "an approver who is disabled", ctx: gone, relation: "outsider" },
  ];
}

/** Not signed in, or not to the end. */
function unfinished(approver: SignedIn): Somebody[] {
  const half: Person = { ...approver.actor, pendingStep: "verify_mfa" };
  return [
    { title: "nobody", ctx: { ...approver, actor: { kind: "anonymous" } }, relation: "outsider" },
    { title: "an approver half signed in", ctx: { ...approver, actor: half }, relation: "outsider" },
  ];
}

export function withToken(ctx: SignedIn, reach: Partial<TokenReach> = {}): SignedIn {
  const token = { permissions: null, environments: null, elevated: false, ...reach };
  return { ...ctx, actor: { ...ctx.actor, token } };
}

interface Binding {
  createdBy?: string;
  scopeType?: string;
  scopeId?: string;
  expiresAt?: Date;
}

export async function bind({ actor }: SignedIn, roleId: string, over: Binding = {}): Promise<void> {
  const data = {
    id: newId(),
    userId: actor.id,
    roleId,
    allowedEnvironments: ["test"],
    createdBy: "test",
    ...over,
  };
  await db().roleBinding.create({ data, select: { id: true } });
}

export async function delegate(from: SignedIn, to: SignedIn): Promise<void> {
  const hour = 3_600_000;
  await db().approvalDelegation.create({
    data: {
      ...{ id: newId(), fromUserId: from.actor.id, toUserId: to.actor.id },
      ...{ startsAt: new Date(Date.now() - hour), endsAt: new Date(Date.now() + hour) },
    },
    select: { id: true },
  });
}
