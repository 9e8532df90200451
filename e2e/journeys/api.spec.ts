import WebSocket from "ws";
import { z } from "zod";
import { expect, test, uniqueName } from "@/e2e/fixtures";
import type { Stack } from "@/e2e/stack";
import { openClient, type Answer, type ApiClient } from "./api-client";
import {
  createPlace,
  createSystem,
  submitted,
  waitForCompletion,
  waitUntilRunning,
  wish,
} from "./take-machine";

const system = uniqueName("api");

const listOf = <Item extends z.ZodType>(item: Item) => z.object({ items: z.array(item) });
const named = z.object({ id: z.string(), name: z.string() });

test("a program takes a machine from request to console by the API alone", async ({ stack }) => {
  const dana = await openClient(stack, "dana");
  const alex = await openClient(stack, "alex");
  const serviceId = await createPlace(dana, system);
  const ask = await wish(dana, serviceId);

  const answer = await dana.send("POST", "/api/v1/vms/request", ask);
  expect(answer.status).toBe(202);
  const ticket = submitted.parse(answer.body);
  expect(ticket.status).toBe("PENDING_APPROVAL");
  expect(answer.headers["location"]).toBe(`/api/v1/events/${ticket.event_id}`);

  const own = await dana.refused("POST", `/api/v1/builtin-approval/tasks/${ticket.ticket_id}/approve`, {
    body: {},
  });
  expect(own).toMatchObject({ status: 403 });
  expect(["SELF_APPROVAL_FORBIDDEN", "PERMISSION_DENIED"]).toContain(own.code);

  const task = `/api/v1/builtin-approval/tasks/${ticket.ticket_id}`;
  expect((await alex.send("POST", `${task}/approve`, {})).status).toBe(204);
  const vmId = await waitForCompletion(dana, ticket.event_id);
  await waitUntilRunning(dana, vmId);

  const grant = await dana.send("POST", `/api/v1/vms/${vmId}/console/request`, {});
  expect(grant.status).toBe(200);
  const attributes = `Path=/api/v1/vms/${vmId}/vnc; HttpOnly; SameSite=Strict; Max-Age=60`;
  const token = new RegExp(`^vnc_bootstrap=([^;]+); ${attributes}$`).exec(
    grant.headers["set-cookie"] ?? "",
  )?.[1];
  expect(token).toBeTruthy();
  expect(JSON.stringify(grant.body)).not.toContain(token);
  const cookie = await dana.cookies();
  expect(await openVnc(stack, vmId, { cookie, origin: "http://elsewhere.example" })).toBe("refused with 403");
  expect(await openVnc(stack, vmId, { cookie, origin: new URL(stack.url).origin })).toBe("RFB 003.008\n");
  expect(await openVnc(stack, vmId, { cookie, origin: new URL(stack.url).origin })).toMatch(
    /^refused with 40/,
  );

  await follow(dana, await dana.send("POST", `/api/v1/vms/${vmId}/stop`, {}));
  const { name } = named.parse(await dana.get(`/api/v1/vms/${vmId}`));
  const removal = await dana.send("DELETE", `/api/v1/vms/${vmId}?confirm=true&confirm_name=${name}`);
  expect(removal.status).toBe(202);
  const last = submitted.parse(removal.body);
  expect(
    (await alex.send("POST", `/api/v1/builtin-approval/tasks/${last.ticket_id}/approve`, {})).status,
  ).toBe(204);
  await waitForCompletion(dana, last.event_id);
  expect(await dana.refused("GET", `/api/v1/vms/${vmId}`)).toMatchObject({
    status: 404,
    code: "VM_NOT_FOUND",
  });
});

test("a wrong request is refused field by field and leaves nothing behind", async ({ stack }) => {
  const dana = await openClient(stack, "dana");
  const serviceId = await createPlace(dana, uniqueName("bad"));
  const ask = await wish(dana, serviceId);
  const before = await everythingOf(dana);
  const { reason: _reason, ...withoutReason } = ask;
  const wrong = [
    { body: { ...ask, name: "mine" }, field: "name", code: "unknown_field" },
    { body: { ...ask, storage_class: "fast" }, field: "storage_class", code: "unknown_field" },
    { body: withoutReason, field: "reason", code: "required" },
    { body: { ...ask, reason: 7 }, field: "reason", code: "invalid_type" },
    { body: { ...ask, service_id: { gt: "" } }, field: "service_id", code: "invalid_type" },
    { body: { ...ask, target_cpu_cores: 0.3 }, field: "target_cpu_cores" },
    { body: { ...ask, target_disk_gb: -1 }, field: "target_disk_gb" },
  ];
  for (const { body, field, code } of wrong) {
    const told = await dana.refused("POST", "/api/v1/vms/request", { body });
    expect(told, JSON.stringify(body)).toMatchObject({ status: 400 });
    const fault = told.field_errors.find((each) => each.field === field);
    expect(fault, `${field} in ${JSON.stringify(told)}`).toBeDefined();
    if (code) expect(fault?.code).toBe(code);
  }
  const path = "/api/v1/vms/request";
  expect(await dana.refused("POST", path, { body: "{" })).toMatchObject({
    status: 400,
    code: "INVALID_REQUEST",
  });
  const huge = { ...ask, reason: "x".repeat(1024 * 1024) };
  expect(await dana.refused("POST", path, { body: huge })).toMatchObject({
    status: 413,
    code: "REQUEST_TOO_LARGE",
  });
  const elsewhere = { origin: "https://elsewhere.example" };
  const foreign = await dana.refused("POST", path, { body: ask, headers: elsewhere });
  expect(foreign).toMatchObject({ status: 403, code: "FOREIGN_ORIGIN" });
  expect(await everythingOf(dana)).toEqual(before);
});

test("without a session, by another's id, or with too small a role, the API gives nothing away", async ({
  stack,
}) => {
  const nobody = await openClient(stack, null);
  for (const path of ["/api/v1/vms", "/api/v1/systems", "/api/v1/tickets", "/api/v1/audit-logs"]) {
    expect(await nobody.refused("GET", path)).toMatchObject({ status: 401, code: "UNAUTHORIZED" });
  }
  const dana = await openClient(stack, "dana");
  const vera = await openClient(stack, "vera");
  const { id } = await createSystem(dana, uniqueName("own"));
  const hidden = await vera.refused("GET", `/api/v1/systems/${id}`);
  const absent = await vera.refused("GET", "/api/v1/systems/0190a0a0-0000-7000-8000-000000000000");
  expect(hidden.status).toBe(404);
  expect({ ...hidden, request_id: "" }).toEqual({ ...absent, request_id: "" });
  const [shop] = listOf(named).parse(await vera.get("/api/v1/systems?q=shop")).items;
  const viewed = await vera.refused("POST", `/api/v1/systems/${shop?.id}/services`, {
    body: { name: "mine" },
  });
  expect(viewed).toMatchObject({
    status: 403,
    code: "PERMISSION_DENIED",
    params: { permission: "service:create" },
  });
  expect(await dana.refused("GET", "/api/v1/audit-logs")).toMatchObject({
    status: 403,
    code: "PERMISSION_DENIED",
  });
});

test("what exists already or is asked for twice is a conflict, and a withdrawn request is free again", async ({
  stack,
}) => {
  const dana = await openClient(stack, "dana");
  const name = uniqueName("two");
  const serviceId = await createPlace(dana, name);
  const twin = await dana.refused("POST", "/api/v1/systems", { body: { name } });
  expect(twin).toMatchObject({ status: 400, field_errors: [{ field: "name", code: "already_exists" }] });

  const ask = await wish(dana, serviceId);
  const first = submitted.parse((await dana.send("POST", "/api/v1/vms/request", ask)).body);
  const again = await dana.refused("POST", "/api/v1/vms/request", { body: ask });
  expect(again).toMatchObject({ status: 409, code: "DUPLICATE_PENDING_REQUEST" });
  expect(again.params["existing_ticket_id"]).toBe(first.ticket_id);
  const withdrawn = await dana.send("POST", `/api/v1/tickets/${first.ticket_id}/cancel`, {
    reason: "not needed",
  });
  expect(withdrawn.status).toBeLessThan(300);
  const third = submitted.parse((await dana.send("POST", "/api/v1/vms/request", ask)).body);
  await dana.send("POST", `/api/v1/tickets/${third.ticket_id}/cancel`, {});
});

/** To the end of an operation that nobody has to approve. */
async function follow(client: ApiClient, { status, body }: Answer): Promise<void> {
  expect(status).toBe(202);
  await waitForCompletion(client, submitted.parse(body).event_id);
}

async function everythingOf(client: ApiClient) {
  const [systems, tickets, vms] = await Promise.all(
    ["systems", "tickets", "vms"].map((list) => client.get(`/api/v1/${list}?per_page=100`)),
  );
  return { systems, tickets, vms };
}

/** What a websocket to the console is answered with: the greeting of its screen, or the status it is refused with. */
function openVnc(stack: Stack, vmId: string, headers: { cookie: string; origin: string }): Promise<string> {
  return new Promise((resolve, reject) => {
    const address = new URL(`/api/v1/vms/${vmId}/vnc`, stack.url.replace(/^http/, "ws"));
    const socket = new WebSocket(address, ["binary"], { headers });
    socket.once("message", (greeting: Buffer) => {
      resolve(greeting.toString("latin1"));
      socket.close();
    });
    socket.once("unexpected-response", (_request, response) =>
      resolve(`refused with ${response.statusCode}`),
    );
    socket.once("error", reject);
  });
}
