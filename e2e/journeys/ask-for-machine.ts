import { expect } from "@playwright/test";
import { uniqueName } from "@/e2e/fixtures";
import type { Stack } from "@/e2e/stack";
import { openClient, type ApiClient } from "./api-client";
import { createService, createSystem, submitted, wish } from "./take-machine";

/** A system of Dana's with one service, for the requests of one journey. */
export interface Place {
  systemId: string;
  system: string;
  serviceId: string;
}

export async function openPlace(stack: Stack, noun: string): Promise<Place> {
  const dana = await openClient(stack, "dana");
  const system = uniqueName(noun);
  const { id: systemId } = await createSystem(dana, system);
  const serviceId = await createService(dana, systemId, "web");
  await dana.close();
  return { systemId, system, serviceId };
}

interface Asked {
  serviceId: string;
  reason: string;
  namespace?: string;
}

/** @returns the ticket of a request that waits for a decision */
export async function askForMachine(client: ApiClient, asked: Asked): Promise<string> {
  const { serviceId, ...change } = asked;
  const answer = await client.send("POST", "/api/v1/vms/request", {
    ...(await wish(client, serviceId)),
    ...change,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(202);
  return submitted.parse(answer.body).ticket_id;
}

/** The same by Dana, who signs in for it. */
export async function askAsDana(stack: Stack, asked: Asked): Promise<string> {
  const dana = await openClient(stack, "dana");
  const ticketId = await askForMachine(dana, asked);
  await dana.close();
  return ticketId;
}
