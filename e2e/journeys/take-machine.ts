import { expect } from "@playwright/test";
import { z } from "zod";
import { uniqueName } from "@/e2e/fixtures";
import type { Stack } from "@/e2e/stack";
import { openClient, type ApiClient } from "./api-client";

const named = z.object({ id: z.string(), name: z.string() });
const listOfNamed = z.object({ items: z.array(named) });
const event = z.object({ status: z.string(), vm_id: z.string().nullable() });
export const submitted = z.object({ event_id: z.string(), ticket_id: z.string(), status: z.string() });

/** A running machine of Dana's in a system of its own, asked for and approved by the API. */
export async function takeMachine(stack: Stack, namespace = "shop-test"): Promise<z.output<typeof named>> {
  const [dana, alex] = [await openClient(stack, "dana"), await openClient(stack, "alex")];
  const serviceId = await createPlace(dana, uniqueName("mach"));
  const { body } = await dana.send("POST", "/api/v1/vms/request", {
    ...(await wish(dana, serviceId)),
    namespace,
  });
  const ticket = submitted.parse(body);
  await alex.send("POST", `/api/v1/builtin-approval/tasks/${ticket.ticket_id}/approve`, {});
  const vmId = await waitForCompletion(dana, ticket.event_id);
  await waitUntilRunning(dana, vmId);
  const machine = named.parse(await dana.get(`/api/v1/vms/${vmId}`));
  await Promise.all([dana.close(), alex.close()]);
  return machine;
}

export async function createSystem(client: ApiClient, name: string): Promise<z.output<typeof named>> {
  const answer = await client.send("POST", "/api/v1/systems", { name });
  expect(answer.status).toBe(201);
  return named.parse(answer.body);
}

/** @returns the id of a service in a new system */
export async function createPlace(client: ApiClient, name: string): Promise<string> {
  const { id } = await createSystem(client, name);
  return createService(client, id, "web");
}

export async function createService(client: ApiClient, systemId: string, name: string): Promise<string> {
  const path = `/api/v1/systems/${systemId}/services`;
  const answer = await client.send("POST", path, { name, description: "" });
  expect(answer.status).toBe(201);
  return named.parse(answer.body).id;
}

export async function wish(client: ApiClient, serviceId: string) {
  const templates = listOfNamed.parse(await client.get("/api/v1/templates")).items;
  const sizes = listOfNamed.parse(await client.get("/api/v1/instance-sizes")).items;
  return {
    service_id: serviceId,
    template_id: templates.find(({ name }) => !name.includes("windows"))?.id,
    instance_size_id: sizes.find(({ name }) => name.includes("small"))?.id,
    namespace: "shop-test",
    reason: "A program asks for it",
  };
}

export async function waitForCompletion(client: ApiClient, eventId: string): Promise<string> {
  const read = async () => event.parse(await client.get(`/api/v1/events/${eventId}`));
  await expect.poll(async () => (await read()).status, { timeout: 60_000 }).toBe("COMPLETED");
  return (await read()).vm_id ?? "";
}

export async function waitUntilRunning(client: ApiClient, vmId: string): Promise<void> {
  const read = async () => z.object({ status: z.string() }).parse(await client.get(`/api/v1/vms/${vmId}`));
  await expect.poll(async () => (await read()).status).toBe("RUNNING");
}
