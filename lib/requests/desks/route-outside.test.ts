import { afterAll, beforeAll, expect, test } from "vitest";
import { aDesk } from "@/e2e/factories/desk";
import { anAskedRemoval } from "@/e2e/factories/outside-request";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { startDeskLab, type DeskLab } from "@/e2e/lab/approval-desk/server";
import { db } from "@/lib/core/db";
import { approveRequest } from "../approve-request";
import { rejectRequest } from "../reject-request";
import { takeBackRequest } from "./take-back-request";

let lab: DeskLab;
beforeAll(async () => {
  lab = await startDeskLab();
});
afterAll(() => lab.stop());

test("what waits at a desk outside is decided there and nobody is late; taken back, it is decided here again", async () => {
  const administrator = await anAdministrator();
  await aDesk(administrator, lab, "webhook", { routes: [{ operations: ["DELETE_VM"] }] });
  const approver = await aPerson("role-approval-admin");
  const { ticketId } = await anAskedRemoval();

  for (const attempt of [
    () => approveRequest(approver, { ticketId }),
    () => rejectRequest(approver, { ticketId, reason: "no" }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({
      code: "INVALID_STATE",
      params: { object: "outside_request" },
    });
  }
  const seen = () => db().approvalTicket.findUniqueOrThrow({ where: { id: ticketId } });
  expect(await seen()).toMatchObject({ status: "PENDING", externalState: "sending" });

  await takeBackRequest(administrator, { ticketId, reason: "they are away" });
  await approveRequest(approver, { ticketId });
  expect(await seen()).toMatchObject({ status: "APPROVED", externalState: "fallback" });
});
