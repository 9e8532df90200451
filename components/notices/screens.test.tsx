import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import inbox from "@/components/messages/en/inbox.json";
import notices from "@/components/messages/en/notices.json";
import ui from "@/components/messages/en/ui.json";
import errors from "@/components/messages/en/errors.json";
import { notificationKinds } from "@/lib/vocabulary/notification-kinds";
import { operations } from "@/lib/vocabulary/operations";
import type { ChannelRow } from "@/lib/notifications/channels/schema";
import type { DeliveryRow } from "@/lib/notifications/deliveries/schema";
import { deliveryStates } from "@/lib/notifications/deliveries/rules";
import { mailChoices } from "@/lib/notifications/preferences/rules";
import type { NotificationRow } from "@/lib/notifications/schema";
import { placeholdersOf } from "@/lib/notifications/templates/rules";
import { templateNames } from "@/lib/notifications/templates/schema";
import { InboxEntry } from "../inbox/inbox-entry";
import { ChannelAside } from "./channel-aside";
import { EditChannel, NewChannel } from "./channel-form";
import { ChannelTable } from "./channel-table";
import { DeliveryTable } from "./delivery-table";
import { MailServerForm } from "./mail-server-form";
import { PreferenceForm } from "./preference-form";
import { TemplateForm } from "./template-form";
import { TemplateTable } from "./template-table";

vi.mock("@/app/actions/notices", () => ({
  ...Object.fromEntries(
    ["setPreferences", "updateMailServer", "testMail", "createChannel", "updateChannel", "deleteChannel"].map(
      (name) => [`${name}Action`, vi.fn()],
    ),
  ),
  ...Object.fromEntries(
    [
      "rotateSecret",
      "testChannel",
      "retryDelivery",
      "updateTemplate",
      "resetTemplate",
      "previewTemplate",
    ].map((name) => [`${name}Action`, vi.fn()]),
  ),
}));
vi.mock("@/app/actions/notifications", () => ({ markReadAction: vi.fn(), markAllReadAction: vi.fn() }));

const now = new Date("2026-11-23T08:00:00Z");

/** Everything any kind may name. */
const facts = {
  ...{
    requester: "Rosa",
    approver: "Amir",
    author: "Amir",
    person: "Ingrid",
    operation: "CREATE_VM",
    system: "shop",
  },
  ...{ service: "checkout", environment: "test", reason: "Too large", vm: "shop-01", role: "member" },
};

/** A message that is missing or lacks a parameter fails the test. */
function render(screen: ReactNode): string {
  const page = renderToStaticMarkup(
    <NextIntlClientProvider
      locale="en"
      messages={{ notices, inbox, ui, errors }}
      timeZone="UTC"
      now={now}
      onError={(error) => {
        throw error;
      }}
    >
      {screen}
    </NextIntlClientProvider>,
  );
  // React's own script for forms that are sent before the page is awake.
  return page.replace(/<script>addEventListener[\s\S]*$/, "");
}

const channel: ChannelRow = {
  ...{
    id: "c1",
    name: "<b>ops</b>",
    medium: "webhook",
    enabled: true,
    kinds: ["VM_EXPIRY"],
    environments: [],
  },
  ...{
    systemIds: ["s1"],
    locale: "en",
    caCertificate: null,
    addressHint: "hooks.example/…",
    signingKeySet: true,
  },
  ...{ formerKeyUntil: now, version: 3, updatedAt: now, lastSentAt: now, failedCount: 2 },
};
const choices = {
  environments: [{ name: "test", displayName: "Test" }],
  systems: [{ id: "s1", name: "shop" }],
};

describe("an inbox entry", () => {
  test.each(notificationKinds)("of the kind %s has its sentence, with facts and without", (type) => {
    const entry = {
      id: "n1",
      type,
      relatedTicketId: "t1",
      resourceType: null,
      resourceId: null,
      read: false,
    };
    for (const params of [facts, {}]) {
      const row: NotificationRow = {
        ...entry,
        params: { days: 3, succeeded: 1, failed: 0, ...params },
        createdAt: now,
      };
      expect(render(<InboxEntry entry={row} />)).not.toMatch(/[{}]|entry\./);
    }
  });

  test("names every operation", () => {
    for (const operation of operations) expect(Object.keys(inbox.operation)).toContain(operation);
  });

  test("shows what people write as text", () => {
    const params = {
      approver: "<img src=x onerror=alert(1)>",
      operation: "CREATE_VM",
      reason: "{requester}",
    };
    const entry = { id: "n1", type: "APPROVAL_REJECTED", relatedTicketId: "t1", resourceType: null } as const;
    const page = render(
      <InboxEntry entry={{ ...entry, resourceId: null, read: true, createdAt: now, params }} />,
    );
    expect(page).not.toContain("<img");
    expect(page).toContain("{requester}");
  });
});

describe("the screens", () => {
  test("of preferences list every kind, with what was chosen", () => {
    const mail = { ...mailChoices(null), VM_EXPIRY: "digest" } as const;
    const page = render(
      <PreferenceForm
        timeZones={["UTC", "Europe/Berlin"]}
        preferences={{
          ...{ mail, digest: "weekly", digestHour: 8, digestWeekday: 3, timeZone: "UTC", locale: "en" },
          ...{ nextDigestAt: now, address: "rosa@example.org", isMailOn: true },
        }}
      />,
    );
    for (const kind of notificationKinds) expect(page).toContain(notices.kind[kind]);
    expect(page).toContain("Wednesday");
  });

  test("of channels show names as text, the host alone, and what failed", () => {
    const page = render(<ChannelTable channels={[channel, { ...channel, id: "c2", enabled: false }]} />);
    expect(page).toContain("&lt;b&gt;ops&lt;/b&gt;");
    expect(page).toContain("2 failed today");
    expect(page).toContain("hooks.example/…");
  });

  test("of one channel never fill in its address", () => {
    const page = render(<EditChannel channel={channel} choices={choices} />);
    expect(page).toMatch(/name="address"(?![^>]*value="[^"])/);
    expect(page).toMatch(/checked=""[^>]*value="VM_EXPIRY"|value="VM_EXPIRY"[^>]*checked=""/);
    expect(render(<NewChannel choices={choices} />)).toContain("Teams");
    expect(render(<ChannelAside channel={channel} />)).toContain("X-Signature-256");
  });

  test("of mail never fill in the password", () => {
    const page = render(
      <MailServerForm
        server={{
          ...{ isConfigured: true, enabled: true, host: "mail.example", port: 587, security: "starttls" },
          ...{ username: "shepherd", passwordSet: true, fromAddress: "a@example.org", fromName: "Shepherd" },
          ...{ caCertificate: null, version: 1, updatedAt: now, updatedByName: "Ada" },
        }}
      />,
    );
    expect(page).toContain('value="mail.example"');
    expect(page).toMatch(/name="password"(?![^>]*value="[^"])/);
  });

  test.each(deliveryStates)("of what was sent have words for %s", (status) => {
    const row: DeliveryRow = {
      ...{
        id: "d1",
        medium: "mail",
        channelId: null,
        place: "Rosa",
        purpose: "digest",
        type: "VM_EXPIRY",
        status,
      },
      ...{
        attempts: 2,
        outcome: "unreachable",
        lastError: null,
        responseCode: null,
        createdAt: now,
        nextAt: now,
      },
      ...{ sentAt: null, redeliveryOf: "d0" },
    };
    expect(render(<DeliveryTable deliveries={[row]} />)).toContain(notices.delivery.state[status]);
  });

  test("of texts show every one, and its preview in a frame that runs nothing", () => {
    const templates = templateNames.map((name) => ({
      ...{
        name,
        locale: "en",
        subject: "S",
        body: "B",
        placeholders: placeholdersOf(name),
        isOwn: true,
        version: 1,
      },
      ...{ updatedAt: now, updatedByName: "Ada" },
    })) as Parameters<typeof TemplateTable>[0]["templates"];
    expect(render(<TemplateTable templates={templates} />)).toContain(notices.text.DIGEST);
    const [template] = templates;
    if (template === undefined) throw new Error("there are no texts");
    const preview = { subject: "S", text: "T", html: "<script>alert(1)</script>" };
    const page = render(<TemplateForm template={template} preview={preview} />);
    expect(page).toContain('sandbox=""');
    expect(page).not.toContain("<script>");
  });
});
