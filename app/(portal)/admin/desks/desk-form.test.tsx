import { NextIntlClientProvider } from "next-intl";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test, vi } from "vitest";
import { parseInput } from "@/app/_http/field-errors";
import { readTextValues } from "@/app/_http/read-text-values";
import desks from "@/components/messages/en/desks.json";
import errors from "@/components/messages/en/errors.json";
import ui from "@/components/messages/en/ui.json";
import {
  createJiraForm,
  createServiceNowForm,
  createWebhookForm,
  updateWebhookForm,
} from "@/lib/requests/desks/forms/schema";
import type { DeskDetail } from "@/lib/requests/desks/schema";
import { deskTypes } from "@/lib/vocabulary/approval-desks";
import { DeskForm } from "@/components/desks/desk-form";
import { DeskHeader } from "@/components/desks/desk-header";
import { SecretCard } from "@/components/desks/secret-card";

const unused = vi.hoisted(() => () => Promise.resolve({ ok: true, data: undefined }));
vi.mock("@/app/actions/desks", () => ({
  ...{ createWebhookAction: unused, createServiceNowAction: unused, createJiraAction: unused },
  ...{ updateWebhookAction: unused, updateServiceNowAction: unused, updateJiraAction: unused },
  ...{ enableDeskAction: unused, deleteDeskAction: unused, rotateSecretAction: unused },
}));
vi.mock("next/navigation", () => ({
  useRouter: () => ({ refresh: () => undefined }),
  usePathname: () => "/admin/desks",
  useSearchParams: () => new URLSearchParams(),
}));

const schemas = { webhook: createWebhookForm, servicenow: createServiceNowForm, jira: createJiraForm };
const none = { set: false, since: null, formerUntil: null };
const kept: DeskDetail = {
  ...{ id: "d1", name: "Corp desk", type: "webhook", enabled: true, webhookUrl: "https://desk.example/in" },
  ...{ sortOrder: 5, routeCount: 1, waitingCount: 2, failedCount: 0, lastCallAt: null, lastOutcome: null },
  ...{ createdAt: new Date(0), updatedAt: new Date(0), caCertificate: null, config: { statusUrl: null } },
  ...{ statusMapping: { "won't do": "rejected" }, timeoutSeconds: 10, retryCount: 1, retryBackoffSeconds: 2 },
  routes: [
    {
      ...{ operations: ["CREATE_VM"], environments: ["prod"], systemIds: [] },
      ...{ minCpuCores: 8, minMemoryGi: null, minDiskGb: null },
    },
  ],
  ...{ pollSeconds: 60, version: 3, signingKeySet: true, headersSet: false },
  ...{ credentialsSet: true, callbackSecretSet: true, callbackUrl: "https://portal.example/callback" },
  secrets: {
    signing_key: { set: true, since: new Date(0), formerUntil: new Date(0) },
    callback_secret: { set: true, since: new Date(0), formerUntil: null },
    credentials: { set: true, since: new Date(0), formerUntil: null },
    headers: none,
  },
};

function render(page: React.ReactNode): string {
  return renderToStaticMarkup(
    <NextIntlClientProvider locale="en" messages={{ desks, ui, errors }} timeZone="UTC" now={new Date(0)}>
      {page}
    </NextIntlClientProvider>,
  );
}

/** What a browser would post of the page as it was rendered. */
function posted(page: string): FormData {
  const form = new FormData();
  for (const [tag] of page.matchAll(/<(?:input|textarea)[^>]*>/g)) {
    const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
    const name = attribute("name");
    if (name === undefined || attribute("type") === "checkbox") continue;
    form.append(name, (attribute("value") ?? "").replaceAll("&quot;", '"').replaceAll("&#x27;", "'"));
  }
  return form;
}

test.each(deskTypes)("the form of a new %s posts what its schema reads", (type) => {
  const form = posted(render(<DeskForm type={type} environments={["test", "prod"]} />));
  form.set("name", "Corp desk");
  form.set("webhookUrl", "https://desk.example/in");
  if (type === "jira") form.set("config.projectKey", "OPS");
  form.set("username", "shepherd");
  form.set("password", "a-password");
  form.set("headers", "X-Api-Key: of the desk\r\nX-Other: a: b");
  const read = readTextValues(schemas[type], form);
  expect(parseInput(schemas[type], read)).toMatchObject({
    ...{ type, enabled: false, routes: [], timeoutSeconds: 30, retryCount: 3, pollSeconds: 60 },
    credentials: { kind: "basic", username: "shepherd", password: "a-password" },
    headers: { "X-Api-Key": "of the desk", "X-Other": "a: b" },
  });
});

test("the form of a desk that is kept posts it as it is, and its secrets not at all", () => {
  const page = render(<DeskForm type="webhook" desk={kept} environments={["test", "prod"]} />);
  const input = parseInput(updateWebhookForm, readTextValues(updateWebhookForm, posted(page)));
  const { routes, statusMapping, name, timeoutSeconds, sortOrder } = kept;
  expect(input).toMatchObject({
    deskId: "d1",
    version: 3,
    routes,
    statusMapping,
    name,
    timeoutSeconds,
    sortOrder,
  });
  for (const secret of ["signingKey", "callbackSecret", "credentials", "headers"])
    expect(input).not.toHaveProperty(secret);
});

test("what is kept secret is told by name and time alone", () => {
  const page = render(<SecretCard desk={kept} />) + render(<DeskHeader desk={kept} part="settings" />);
  for (const text of [
    "Signing key",
    "the former one counts until",
    "Not set",
    "Renew",
    "Corp desk",
    "Switch off",
  ])
    expect(page).toContain(text);
});
