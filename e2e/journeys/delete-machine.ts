import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import type { Stack } from "@/e2e/stack";
import { openClient, type Answer } from "./api-client";
import { submitted } from "./take-machine";

const machine = z.object({ name: z.string(), status: z.string() });

/** A machine of Dana's is stopped and deleted; where somebody has to be asked, whoever sits at the page agrees. */
export async function deleteMachine(stack: Stack, vmId: string, approver: Page): Promise<void> {
  const dana = await openClient(stack, "dana");
  const path = `/api/v1/vms/${vmId}`;
  const read = async () => machine.parse(await dana.get(path));
  const agree = async ({ body }: Answer) => {
    const { ticket_id: ticketId, status } = submitted.parse(body);
    if (status === "ACCEPTED") return;
    const task = `/api/v1/builtin-approval/tasks/${ticketId}/approve`;
    const answer = await approver.request.post(task, { headers: { origin: stack.url }, data: {} });
    expect(answer.ok(), await answer.text()).toBe(true);
  };
  await expect.poll(async () => (await read()).status, { timeout: 60_000 }).toBe("RUNNING");
  await agree(await dana.send("POST", `${path}/stop`, {}));
  await expect.poll(async () => (await read()).status, { timeout: 30_000 }).toBe("STOPPED");
  await agree(await dana.send("DELETE", `${path}?confirm_name=${(await read()).name}`));
  await expect.poll(async () => (await dana.send("GET", path)).status, { timeout: 30_000 }).toBe(404);
  await dana.close();
}
