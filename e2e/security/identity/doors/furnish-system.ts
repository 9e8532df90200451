import { createHash } from "node:crypto";
import { anAdoption } from "@/e2e/factories/adoption";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator } from "@/e2e/factories/person";
import { aNamespace } from "@/e2e/factories/namespace";
import { aService } from "@/e2e/factories/service";
import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import { anUpload } from "@/e2e/factories/upload";
import { aVm } from "@/e2e/factories/vm";
import { createRole } from "@/lib/access/roles/create-role";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createChannel } from "@/lib/notifications/channels/create-channel";
import { createChannelInput } from "@/lib/notifications/channels/schema";
import { requestVm } from "@/lib/requests/request-vm";
import { furnishPolicies } from "./furnish-policies";
import { addToken, aNewPerson, newSession } from "./make-people";

type PersonContext = Context & { actor: Person };

/** Real rows of everything a path may name, all of one System or of its owner. */
export interface Furniture {
  canary: string;
  owner: PersonContext;
  /** The owner's own session. */
  ownerCookie: string;
  systemId: string;
  systemName: string;
  serviceId: string;
  vmId: string;
  vmName: string;
  adoptionId: string;
  ticketId: string;
  batchId: string;
  eventId: string;
  notificationId: string;
  consoleJti: string;
  memberId: string;
  memberBindingId: string;
  sessionId: string;
  tokenId: string;
  accountId: string;
  accountSessionId: string;
  accountTokenId: string;
  accountBindingId: string;
  serviceAccountId: string;
  serviceTokenId: string;
  roleId: string;
  roleVersion: string;
  clusterId: string;
  clusterName: string;
  namespaceId: string;
  namespaceName: string;
  environmentName: string;
  providerId: string;
  mappingId: string;
  templateId: string;
  logoId: string;
  uploadId: string;
  sizeId: string;
  sizeName: string;
  policyId: string;
  replayId: string;
  emergencyId: string;
  channelId: string;
  deskId: string;
  deskDeliveryId: string;
  deliveryId: string;
}

/** A whole System with its owner, machines, requests, people and what the platform keeps around them. */
export async function furnishSystem(): Promise<Furniture> {
  const canary = `cnry${newId().slice(-8)}`;
  const owner = await aNewPerson({ role: "role-development-engineer" });
  const ownSession = await newSession(owner.actor.id);
  const ownToken = await addToken(owner.actor.id);
  const service = await aService(owner);
  await db().system.update({
    where: { id: service.systemId },
    data: { description: canary },
    select: { id: true },
  });
  await db().service.update({
    where: { id: service.id },
    data: { description: canary },
    select: { id: true },
  });
  const machine = await aMachine(service.id, canary);
  const request = await aRequest(owner, { serviceId: service.id, namespace: machine.namespace, canary });
  const people = await somePeople(service.systemId);
  return {
    canary,
    owner,
    ownerCookie: ownSession.cookie,
    systemId: service.systemId,
    systemName: await nameOf(service.systemId),
    serviceId: service.id,
    ...machine,
    adoptionId: await anAdoption({ clusterId: machine.clusterId, namespace: machine.namespace }),
    uploadId: await aReadyImage(machine.clusterId),
    ...request,
    batchId: await aBatch(owner, request.ticketId),
    notificationId: await aNotification(owner.actor.id, request.ticketId),
    consoleJti: await aConsoleToken(owner, machine.vmId),
    sessionId: ownSession.id,
    tokenId: ownToken.id,
    ...people,
    ...(await platformRows(canary)),
    ...(await furnishPolicies(canary)),
    ...(await somethingSent(canary)),
    ...(await aDesk(canary)),
    emergencyId: await anEmergency(owner, service.systemId, canary),
  };
}

/** The owner's request as the one child of a batch; whoever may ask for many may do so as often as they like. */
async function aBatch({ actor }: PersonContext, ticketId: string): Promise<string> {
  const id = newId();
  const counts = { childCount: 1, pendingCount: 1 };
  await db().batchApprovalTicket.create({
    data: {
      ...{ id, operation: "CREATE", reason: "many", requestId: id, bodyHash: "" },
      ...{ createdBy: actor.id, createdByName: actor.displayName, ...counts },
    },
    select: { id: true },
  });
  await db().approvalTicket.update({
    where: { id: ticketId },
    data: { batchId: id, sequenceNo: 1 },
    select: { id: true },
  });
  for (const [key, value] of Object.entries({
    "batch.cooldown_seconds": 0,
    "batch.pending_parents_global": 10_000,
    "batch.pending_parents_per_user": 100,
  })) {
    const said = { value, updatedBy: "test" };
    await db().platformSetting.upsert({ where: { key }, create: { key, ...said }, update: said });
  }
  return id;
}

/** An approval system outside that is switched off, and a call that was made to it. */
async function aDesk(canary: string) {
  const [deskId, deskDeliveryId] = [newId(), newId()];
  const webhookUrl = "https://desk.example/approvals";
  const row = { id: deskId, name: `desk ${canary}`, type: "webhook", webhookUrl, createdBy: "test" };
  await db().externalApprovalSystem.create({ data: row, select: { id: true } });
  const call = {
    id: deskDeliveryId,
    externalSystemId: deskId,
    kind: "push",
    outcome: "delivered",
    durationMs: 1,
  };
  await db().externalDelivery.create({ data: call, select: { id: true } });
  return { deskId, deskDeliveryId };
}

/** The owner acts without approval, for an hour. */
async function anEmergency({ actor }: PersonContext, systemId: string, reason: string): Promise<string> {
  const hour = 3_600_000;
  const { id } = await db().emergency.create({
    data: {
      ...{ id: newId(), personId: actor.id, personName: actor.displayName, systemId, systemName: reason },
      ...{ environment: "test", reason, minutes: 60, endsAt: new Date(Date.now() + hour) },
      reviewDueAt: new Date(Date.now() + 72 * hour),
    },
    select: { id: true },
  });
  return id;
}

/** A channel that is switched off, and what went there. */
async function somethingSent(name: string): Promise<{ channelId: string; deliveryId: string }> {
  const wish = createChannelInput.parse({
    name,
    medium: "webhook",
    address: `https://hooks.example/${name}`,
  });
  const { id } = await createChannel(await anAdministrator(), wish);
  const delivery = await db().noticeDelivery.create({
    data: {
      ...{ id: newId(), medium: "webhook", channelId: id, type: "VM_EXPIRY", params: { vm: name, days: 3 } },
      ...{ status: "SENT", sentAt: new Date(), attempts: 1 },
    },
    select: { id: true },
  });
  return { channelId: id, deliveryId: delivery.id };
}

async function nameOf(systemId: string): Promise<string> {
  return (await db().system.findUniqueOrThrow({ where: { id: systemId }, select: { name: true } })).name;
}

async function aReadyImage(clusterId: string): Promise<string> {
  return (await anUpload({ clusterId, createdBy: "test", sizeBytes: 512, status: "READY" })).id;
}

async function aMachine(serviceId: string, name: string) {
  const [cluster, namespace] = await Promise.all([aCluster(), aNamespace()]);
  const vm = await aVm({
    clusterId: cluster.id,
    namespace: namespace.name,
    serviceId,
    name,
    status: "RUNNING",
  });
  return {
    clusterId: cluster.id,
    clusterName: cluster.name,
    namespaceId: namespace.id,
    namespace: namespace.name,
    namespaceName: namespace.name,
    vmId: vm.id,
    vmName: vm.name,
  };
}

async function aRequest(
  owner: PersonContext,
  { canary, ...place }: { serviceId: string; namespace: string; canary: string },
) {
  const [template, size] = await Promise.all([aTemplate(), aSize()]);
  const wish = { ...place, templateId: template.id, instanceSizeId: size.id, reason: canary };
  const { ticketId, eventId } = await requestVm(owner, wish);
  return { ticketId, eventId, templateId: template.id, sizeId: size.id, sizeName: size.name };
}

async function aNotification(recipientId: string, relatedTicketId: string): Promise<string> {
  const id = newId();
  const data = { id, recipientId, type: "APPROVAL_PENDING", relatedTicketId };
  await db().notification.create({ data, select: { id: true } });
  return id;
}

async function aConsoleToken({ actor }: PersonContext, vmId: string): Promise<string> {
  const jti = newId();
  const expiresAt = new Date(Date.now() + 3_600_000);
  const data = {
    id: newId(),
    jti,
    vmId,
    userId: actor.id,
    sessionId: actor.sessionId,
    userHash: "none",
    expiresAt,
  };
  await db().vncAccessToken.create({ data, select: { id: true } });
  return jti;
}

/** A member of the System, an account of the platform, and a program's account, each with what belongs to it. */
async function somePeople(systemId: string) {
  const member = await aNewPerson({ role: "role-viewer", seat: { systemId, role: "viewer" } });
  const account = await aNewPerson({ role: "role-viewer" });
  const program = await aNewPerson({ role: "role-viewer", authType: "service" });
  const binding = await db().roleBinding.findFirstOrThrow({
    where: { userId: account.actor.id },
    select: { id: true },
  });
  const memberBinding = await db().resourceRoleBinding.findFirstOrThrow({
    where: { userId: member.actor.id },
    select: { id: true },
  });
  return {
    memberId: member.actor.id,
    memberBindingId: memberBinding.id,
    accountId: account.actor.id,
    accountSessionId: (await newSession(account.actor.id)).id,
    accountTokenId: (await addToken(account.actor.id)).id,
    accountBindingId: binding.id,
    serviceAccountId: program.actor.id,
    serviceTokenId: (await addToken(program.actor.id)).id,
  };
}

async function platformRows(canary: string) {
  const admin = await anAdministrator();
  const role = await createRole(admin, {
    name: canary,
    displayName: canary,
    description: "",
    permissions: ["vm:read"],
    requireMfa: false,
  });
  const environmentName = canary;
  await db().environment.create({
    data: { name: environmentName, class: "test", displayName: canary },
    select: { name: true },
  });
  const providerId = newId();
  await db().authProvider.create({
    data: {
      id: providerId,
      name: `corp ${canary}`,
      authType: "oidc",
      config: { issuer: "https://sign-in.example", clientId: "portal" },
      claimsMapping: { groups: "groups" },
      createdBy: "test",
    },
    select: { id: true },
  });
  const mappingId = newId();
  await db().externalCohortMapping.create({
    data: { id: mappingId, providerId, key: "devs", roleId: "role-viewer", createdBy: "test" },
    select: { id: true },
  });
  const logoId = createHash("sha256").update(canary).digest("hex");
  await db().templateLogo.create({
    data: { id: logoId, mediaType: "image/png", bytes: Buffer.from(canary) },
    select: { id: true },
  });
  const { updatedAt } = await db().role.findUniqueOrThrow({
    where: { id: role.id },
    select: { updatedAt: true },
  });
  return {
    roleId: role.id,
    roleVersion: updatedAt.toISOString(),
    environmentName,
    providerId,
    mappingId,
    logoId,
  };
}
