import { afterAll, expect, test } from "vitest";
import { Prisma } from "@/prisma/generated/client";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aVm } from "@/e2e/factories/vm";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { approveRequest } from "@/lib/requests/approve-request";
import { startHeld } from "@/lib/requests/calendar/start-held.handler";
import { closeRequest } from "@/lib/requests/close-request.handler";
import { deleteVm } from "@/lib/requests/delete-vm";
import { openSuite } from "../count-refusals";
import { aMightyCast } from "./logic/make-cast";

const suite = openSuite("changed after approval");
afterAll(() => suite.print(18));

const dayMs = 86_400_000;
const sql = Prisma.sql;

/** A removal that was approved for tomorrow, and its hour has come. */
async function aDueRemoval() {
  const { requester, approver, serviceId } = await aMightyCast("somebody's", "role-viewer");
  const [cluster, namespace] = await Promise.all([aCluster(), aNamespace()]);
  const machine = () =>
    aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId, status: "STOPPED" });
  const [vm, other] = [await machine(), await machine()];
  const startAt = new Date(Date.now() + dayMs).toISOString();
  const { ticketId } = await deleteVm(requester, { vmId: vm.id, reason: "over", confirm: true, startAt });
  await approveRequest(approver, { ticketId });
  return { ticketId, vm, other };
}

async function comeDue(ticketId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE approval_tickets SET held_until = now() - interval '1 second' WHERE id = ${ticketId}`;
}

const ticketOf = (id: string) => db().approvalTicket.findUniqueOrThrow({ where: { id } });
const statusOf = async (id: string) => (await db().vm.findUniqueOrThrow({ where: { id } })).status;

/** What somebody with a hand in the database makes of an approved request. */
const alterations: Record<string, (otherId: string) => Prisma.Sql> = {
  "another machine": (id) => sql`resource_id = ${id}`,
  "another machine in what was asked": (id) =>
    sql`request_params = jsonb_set(request_params, '{vmId}', to_jsonb(${id}::text))`,
  "another machine in both": (id) =>
    sql`resource_id = ${id}, request_params = jsonb_set(request_params, '{vmId}', to_jsonb(${id}::text))`,
  "another operation in what was asked": () =>
    sql`request_params = jsonb_set(request_params, '{operation}', '"START_VM"')`,
  "another operation": () => sql`operation = 'STOP_VM'`,
  "another reason in what was asked": () =>
    sql`request_params = jsonb_set(request_params, '{reason}', '"x"')`,
  "one member more": () => sql`request_params = request_params || '{"force": true}'`,
  "one member less": () => sql`request_params = request_params - 'confirm'`,
  "an empty wish": () => sql`request_params = '{}'`,
  "another System": () => sql`system_id = ${newId()}`,
  "another service": () => sql`service_id = ${newId()}`,
  "another namespace": () => sql`namespace = 'elsewhere'`,
  "another environment": () => sql`environment = 'prod'`,
  "a cluster of its own": () => sql`approved_spec = approved_spec || '{"placed": {"clusterId": "another"}}'`,
  "terms of its own": () => sql`approved_spec = approved_spec || '{"terms": {"role": "owner"}}'`,
  "a change of its own": () => sql`approved_spec = approved_spec || '{"change": {}}'`,
  "no spec": () => sql`approved_spec = NULL`,
  "no hash": () => sql`approved_hash = NULL`,
  "another hash": () => sql`approved_hash = repeat('0', 64)`,
};

test.each(Object.entries(alterations))("%s is not started", async (name, alter) => {
  const { ticketId, vm, other } = await aDueRemoval();
  await db().$executeRaw`UPDATE approval_tickets SET ${alter(other.id)} WHERE id = ${ticketId}`;
  await comeDue(ticketId);
  await startHeld({ ticketId });
  await closeRequest({ eventId: (await ticketOf(ticketId)).eventId });
  const { status, lastError } = await ticketOf(ticketId);
  const machines = [await statusOf(vm.id), await statusOf(other.id)];
  const isRefused =
    status === "FAILED" &&
    JSON.stringify(lastError).includes("SPEC_CHANGED") &&
    machines.every((each) => each === "STOPPED");
  if (isRefused) suite.refused(name);
  else suite.accepted(`${name} (${status} ${JSON.stringify(lastError)}, ${machines.join(" ")})`);
  expect(isRefused, `${status} ${JSON.stringify(lastError)} ${machines.join(" ")}`).toBe(true);
});

test("what is as it was approved starts", async () => {
  const { ticketId, vm } = await aDueRemoval();
  await comeDue(ticketId);
  await startHeld({ ticketId });
  expect(await statusOf(vm.id)).toBe("DELETING");
});
