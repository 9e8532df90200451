import { anAdoption } from "@/e2e/factories/adoption";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator } from "@/e2e/factories/person";
import { aNamespace } from "@/e2e/factories/namespace";
import { aService } from "@/e2e/factories/service";
import { anUpload } from "@/e2e/factories/upload";
import { aSnapshot } from "@/e2e/factories/snapshot";
import { aVm } from "@/e2e/factories/vm";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createChannel } from "@/lib/notifications/channels/create-channel";
import { createChannelInput } from "@/lib/notifications/channels/schema";
import { createView } from "@/lib/vms/list/views/create-view";
import { viewInput } from "@/lib/vms/list/views/schema";
import { aBatch, aDesk, anEmergency, aRequest } from "./furnish-approvals";
import { somePeople } from "./furnish-people";
import { platformRows } from "./furnish-platform";
import { furnishPolicies } from "./furnish-policies";
import { aKeptRecording } from "./furnish-recordings";
import { furnishRules, keepMachine } from "./furnish-rules";
import { furnishWorkflows } from "./furnish-workflows";
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
  snapshotId: string;
  adoptionId: string;
  ticketId: string;
  batchId: string;
  eventId: string;
  notificationId: string;
  consoleJti: string;
  consoleAskId: string;
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
  workflowId: string;
  delegationId: string;
  replayId: string;
  windowId: string;
  freezeId: string;
  rejectReasonId: string;
  emergencyId: string;
  channelId: string;
  deskId: string;
  deskDeliveryId: string;
  deliveryId: string;
  viewId: string;
  recordingId: string;
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
  await keepMachine(machine.vmId, { ...request, ownerId: owner.actor.id });
  await measureCluster(machine.clusterId);
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
    consoleAskId: await aConsoleAsk(owner, machine.vmId),
    sessionId: ownSession.id,
    tokenId: ownToken.id,
    ...people,
    ...(await platformRows(canary)),
    ...(await furnishRules({ canary, systemId: service.systemId, accountId: people.accountId })),
    ...(await furnishPolicies(canary)),
    ...(await furnishWorkflows(canary, owner.actor.id)),
    ...(await somethingSent(canary)),
    ...(await aDesk(canary)),
    viewId: (await createView(owner, viewInput.parse({ name: canary }))).id,
    recordingId: await aKeptRecording(owner, {
      ...machine,
      systemId: service.systemId,
      serviceId: service.id,
    }),
    emergencyId: await anEmergency(owner, service.systemId, canary),
  };
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

async function measureCluster(clusterId: string): Promise<void> {
  await db().clusterMetricsSource.create({
    data: { clusterId, address: "https://prometheus.example", updatedBy: "test" },
    select: { clusterId: true },
  });
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
  const snapshot = await aSnapshot({
    vmId: vm.id,
    clusterId: cluster.id,
    namespace: namespace.name,
    label: name,
  });
  return {
    snapshotId: snapshot.id,
    clusterId: cluster.id,
    clusterName: cluster.name,
    namespaceId: namespace.id,
    namespace: namespace.name,
    namespaceName: namespace.name,
    vmId: vm.id,
    vmName: vm.name,
  };
}

async function aNotification(recipientId: string, relatedTicketId: string): Promise<string> {
  const id = newId();
  const data = { id, recipientId, type: "APPROVAL_PENDING", relatedTicketId };
  await db().notification.create({ data, select: { id: true } });
  return id;
}

/** Somebody asks the owner for the console. */
async function aConsoleAsk({ actor }: PersonContext, vmId: string): Promise<string> {
  const id = newId();
  const expiresAt = new Date(Date.now() + 3_600_000);
  const data = { id, vmId, jti: newId(), holderId: actor.id, askerId: newId(), expiresAt };
  await db().consoleAsk.create({ data, select: { id: true } });
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
