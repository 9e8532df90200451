import { slackBody, teamsBody } from "@/lib/adapters/chat-webhook/bodies";
import { postMessage } from "@/lib/adapters/chat-webhook/post-message";
import { sendMail } from "@/lib/adapters/mail/send-mail";
import { publicBaseUrl } from "@/lib/core/env";
import { openChannel, type OpenedChannel } from "../channels/open-channel";
import { openMailServer } from "../mail/open-mail-server";
import { readRecipient } from "../preferences/read-recipient";
import { deliveryLocales } from "../rules";
import { wordsOf } from "../templates/read-template";
import { escapeHtml } from "../templates/rules";
import { renderDelivery, type Rendered } from "./render-delivery";
import type { Delivery } from "./store";

export type Sending =
  | { isSent: true; responseCode: number | null }
  | { isSent: false; why: "mail_off" | "no_address" | "channel_off" | "all_read" };

/** Sends once, over the wire. @throws MailFailure, WebhookFailure, OutsideFetchFailure */
export function sendDelivery(delivery: Delivery): Promise<Sending> {
  return delivery.medium === "mail" ? sendAsMail(delivery) : sendToChannel(delivery);
}

async function sendAsMail(delivery: Delivery): Promise<Sending> {
  const server = await openMailServer();
  if (server === null) return { isSent: false, why: "mail_off" };
  const recipient = await readRecipient(delivery.recipientId ?? "");
  if (recipient === null) return { isSent: false, why: "no_address" };
  const asked = deliveryLocales.find((locale) => locale === delivery.params["locale"]);
  const locale = (delivery.purpose === "test" ? asked : undefined) ?? recipient.locale;
  const rendered = await renderDelivery(delivery, { locale, name: recipient.name });
  if (rendered === null) return { isSent: false, why: "all_read" };
  await sendMail(server.connection, {
    messageId: `<${delivery.id}@${publicBaseUrl().hostname}>`,
    from: server.from,
    to: { name: recipient.name, address: recipient.address },
    ...withFooter(rendered, locale),
    headers: {
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      "X-Shepherd-Delivery": delivery.id,
    },
  });
  return { isSent: true, responseCode: 250 };
}

function withFooter({ subject, text, html }: Rendered, locale: keyof typeof wordsOf) {
  const [before = "", after = ""] = wordsOf[locale].footer.split("{preferences}");
  const address = new URL("/profile/notices", publicBaseUrl()).toString();
  const link = `<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>`;
  const style = "font-family:system-ui,sans-serif;font-size:15px;line-height:1.5;max-width:36rem";
  return {
    subject,
    text: `${text}\n\n-- \n${before}${address}${after}\n`,
    html: [
      `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(subject)}</title></head>`,
      `<body style="${style}">${html}<hr><p style="font-size:12px">${escapeHtml(before)}${link}${escapeHtml(after)}</p>`,
      "</body></html>",
    ].join("\n"),
  };
}

async function sendToChannel(delivery: Delivery): Promise<Sending> {
  const channel = await openChannel(delivery.channelId ?? "", { evenDisabled: delivery.purpose === "test" });
  if (channel === null) return { isSent: false, why: "channel_off" };
  const rendered = await renderDelivery(delivery, { locale: channel.locale, name: "" });
  if (rendered === null) return { isSent: false, why: "all_read" };
  const responseCode = await postMessage(channel, {
    deliveryId: delivery.id,
    body: bodyFor(channel, delivery, rendered),
    sentAt: new Date(),
  });
  return { isSent: true, responseCode };
}

function bodyFor({ medium }: OpenedChannel, delivery: Delivery, rendered: Rendered): object {
  const { subject: title, text, link, linkText } = rendered;
  if (medium === "slack") return slackBody({ title, text, link, linkText });
  if (medium === "teams") return teamsBody({ title, text, link, linkText });
  const { id, type, params, ticketId, resourceType, resourceId, systemId, environment, createdAt } = delivery;
  return {
    delivery_id: id,
    kind: type,
    is_test: delivery.purpose === "test",
    created_at: createdAt.toISOString(),
    ...{ title, text, link, environment },
    ticket_id: ticketId,
    system_id: systemId,
    resource: resourceType === null ? null : { type: resourceType, id: resourceId },
    facts: params,
  };
}
