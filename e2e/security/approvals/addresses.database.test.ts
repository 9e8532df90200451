import { once } from "node:events";
import { createServer } from "node:https";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PUT as change } from "@/app/api/v1/admin/external-approval-systems/[id]/route";
import { POST as add } from "@/app/api/v1/admin/external-approval-systems/route";
import { POST as addChannel } from "@/app/api/v1/admin/notification-channels/route";
import { anAskedRemoval, outsideRequestsOf } from "@/e2e/factories/outside-request";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { createCertificates } from "@/e2e/lab/kubevirt/certificates";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { createDesk } from "@/lib/requests/desks/create-desk";
import { createServiceNowForm } from "@/lib/requests/desks/forms/schema";
import { createDeskInput } from "@/lib/requests/desks/schema";
import { sendRequest } from "@/lib/requests/desks/send-request.handler";
import { countConnections, type ConnectionCounter } from "../catalogue/count-connections";
import { refusalOfAnswer, refusalOfForm, type Refusal } from "../catalogue/read-refusal";
import { anAdministratorsCookie, sendText } from "../catalogue/send-text";
import { tryInput } from "../catalogue/try-input";
import { openSuite } from "../count-refusals";
import { hostileAddresses } from "./hostile-addresses";

const suite = openSuite("addresses of approval systems and channels");
const inputsMin = 300;
let connections: ConnectionCounter;
let cookie: string;
let administrator: Context;
let deskId: string;

beforeAll(async () => {
  administrator = await anAdministrator();
  cookie = await anAdministratorsCookie();
  deskId = (await createDesk(administrator, createDeskInput.parse({ ...aWish(), enabled: false }))).id;
  connections = await countConnections();
});
afterAll(async () => {
  await connections.close();
  suite.print(inputsMin);
});

function aWish(over: object = {}) {
  return { type: "webhook", name: `desk-${newId()}`, webhookUrl: "https://desk.example/in", ...over };
}

const post = (body: object) => refusalOfAnswer(sendText(add, { method: "POST", cookie, body }));
const named = () => ({ name: `desk-${newId()}` });

const doors: Record<string, (address: string) => Promise<Refusal | null>> = {
  webhook: (address) => post({ ...named(), type: "webhook", webhook_url: address }),
  "status of a webhook": (address) =>
    post({
      ...named(),
      type: "webhook",
      webhook_url: "https://desk.example/in",
      config: { status_url: address },
    }),
  jira: (address) => post({ ...named(), type: "jira", webhook_url: address, config: { project_key: "OPS" } }),
  "servicenow by form": (address) =>
    refusalOfForm(
      createServiceNowForm,
      { ...named(), type: "servicenow", webhookUrl: address, routes: "", forget: [] },
      (input) => createDesk(administrator, input),
    ),
  "a change": (address) => {
    const body = { ...named(), type: "webhook", webhook_url: address, version: 1 };
    return refusalOfAnswer(sendText(change, { method: "PUT", cookie, params: { id: deskId }, body }));
  },
  "a channel": (address) => {
    const body = { ...named(), medium: "webhook", locale: "en", address };
    return refusalOfAnswer(sendText(addChannel, { method: "POST", cookie, body }));
  },
};

const isMarked = ({ code, fields }: Refusal) =>
  code === "VALIDATION_FAILED" && fields.some((field) => /url$|address$/i.test(field));

test.each(Object.entries(doors))(
  "at %s",
  async (door, sendAddress) => {
    for (const address of hostileAddresses) {
      const name = `${JSON.stringify(address).slice(0, 100)} at ${door}`;
      const attempt = () => sendAddress(address);
      await tryInput({ suite, connections }, { name, attempt, isRight: isMarked });
    }
  },
  120_000,
);

async function sendTo(webhookUrl: string, over: object = {}) {
  await db().externalApprovalSystem.updateMany({ data: { enabled: false } });
  await aPerson("role-approval-admin");
  const input = createDeskInput.parse({
    ...aWish({ name: `desk-${newId()}` }),
    enabled: true,
    retryCount: 0,
    ...over,
  });
  const desk = await createDesk(administrator, input);
  // A row may be older than a rule.
  await db().externalApprovalSystem.update({ where: { id: desk.id }, data: { webhookUrl } });
  const { ticketId } = await anAskedRemoval();
  const [request] = await outsideRequestsOf(ticketId);
  await sendRequest({ requestId: request?.id ?? "" });
  return db().externalDelivery.findFirstOrThrow({ where: { externalSystemId: desk.id } });
}

test("a row that has such an address already is not called", async () => {
  const kept = hostileAddresses.filter(
    (address) => /^https:\/\/[[\d]/.test(address) && !address.endsWith("./"),
  );
  for (const address of kept) {
    const before = connections.made().length;
    const delivery = await sendTo(address);
    const called = connections.made().slice(before);
    const isRefused = delivery.outcome === "failed" && delivery.statusCode === null && called.length === 0;
    if (isRefused) suite.refused(`kept ${address}`);
    else suite.accepted(`kept ${address} (${delivery.outcome}, called ${called.join(", ")})`);
  }
}, 60_000);

test("a desk that sends on is not followed", async () => {
  const tls = await createCertificates("redirect-ca", "redirect", ["127.0.0.1"]);
  const targets = [
    "https://169.254.169.254/",
    "http://127.0.0.1/",
    `https://127.0.0.1:${connections.trapPort}/`,
  ];
  for (const target of targets) {
    const server = createServer({ cert: tls.certificatePem, key: tls.keyPem }, (_request, response) =>
      response.writeHead(307, { location: target }).end(),
    );
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const before = connections.made().length;
    const delivery = await sendTo(`https://127.0.0.1:${port}/in`, { caCertificate: tls.caPem });
    const called = connections
      .made()
      .slice(before)
      .filter((one) => one !== `127.0.0.1:${port}`);
    if (delivery.outcome === "failed" && called.length === 0 && connections.trapped() === 0)
      suite.refused(`sent on to ${target}`);
    else suite.accepted(`sent on to ${target} (called ${called.join(", ")})`);
    server.close();
    await once(server, "close");
  }
});

test("a server that shows another certificate hears nothing", async () => {
  const [trusted, shown] = await Promise.all(
    ["trusted", "shown"].map((name) => createCertificates(`${name}-ca`, name, ["127.0.0.1"])),
  );
  let heard = 0;
  const server = createServer({ cert: shown?.certificatePem, key: shown?.keyPem }, (_request, response) => {
    heard += 1;
    response.end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  const delivery = await sendTo(`https://127.0.0.1:${port}/in`, { caCertificate: trusted?.caPem });
  expect(heard).toBe(0);
  if (delivery.outcome === "failed") suite.refused("another certificate");
  else suite.accepted("another certificate");
  server.close();
  await once(server, "close");
});
