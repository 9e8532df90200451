import { afterAll, beforeAll, expect, test } from "vitest";
import { aPerson } from "@/e2e/factories/person";
import { aVmWish } from "@/e2e/factories/request";
import { db } from "@/lib/core/db";
import { startWorker } from "@/lib/processes/start-worker";
import { requestVm } from "@/lib/requests/request-vm";
import { readTicket } from "./creations";

let worker: { stop: () => Promise<void> };

beforeAll(async () => {
  worker = await startWorker();
});

afterAll(async () => {
  await worker.stop();
});

test("an operation's end whose news died with a worker reaches its request within seconds", async () => {
  const requester = await aPerson("role-development-engineer");
  const { ticketId, eventId } = await requestVm(requester, await aVmWish(requester));
  await db().approvalTicket.update({
    where: { id: ticketId },
    data: { status: "EXECUTING" },
    select: { id: true },
  });

  await db().$executeRaw`
    UPDATE domain_events SET status = 'COMPLETED', processed_at = now() - interval '6 seconds' WHERE id = ${eventId}`;

  await expect.poll(async () => (await readTicket(ticketId)).status, { timeout: 8_000 }).toBe("SUCCESS");
});
