import { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { notificationPath, sentenceOf, type NoticeParams, type NoticeSubject } from "../labels";
import type { DeliveryLocale } from "../rules";
import { readTemplate, wordsOf } from "../templates/read-template";
import { cleanValue, escapeHtml, factsOf, fillTemplate } from "../templates/rules";
import type { TemplateText } from "../templates/schema";
import type { Delivery } from "./store";

export interface Rendered {
  subject: string;
  text: string;
  html: string;
  link: string;
  linkText: string;
}

interface Reader {
  locale: DeliveryLocale;
  /** Empty for a channel, which nobody in particular reads. */
  name: string;
}

const entriesMax = 50;

/** A delivery in its reader's language; null for a digest of which nothing is unread any more. */
export async function renderDelivery(delivery: Delivery, reader: Reader): Promise<Rendered | null> {
  if (delivery.purpose === "digest") return renderDigest(delivery, reader);
  const name = sentenceOf(delivery.type, delivery.params);
  const template = await readTemplate({ name, locale: reader.locale });
  const link = linkTo({ ...delivery, relatedTicketId: delivery.ticketId });
  return renderNotice(template, { params: delivery.params, link, reader });
}

/** The same for a preview, which nothing is sent for. */
export function renderNotice(
  template: TemplateText,
  { params, link, reader }: { params: NoticeParams; link: string; reader: Reader },
): Rendered {
  const words = wordsOf[reader.locale];
  const facts = { ...factsOf(params, words), recipient: cleanValue(reader.name), link };
  return { ...fillTemplate(template, facts), link, linkText: words.open };
}

interface Entry extends NoticeSubject {
  params: NoticeParams;
}

async function renderDigest(delivery: Delivery, reader: Reader): Promise<Rendered | null> {
  const entries = await readUnread(delivery);
  if (entries.length === 0) return null;
  const words = wordsOf[reader.locale];
  const lines = await Promise.all(entries.map((entry) => renderEntry(entry, reader)));
  const template = await readTemplate({ name: "DIGEST", locale: reader.locale });
  const link = linkTo(null);
  return renderDigestLines(template, { lines, link, linkText: words.open, recipient: reader.name });
}

export interface DigestLine {
  title: string;
  link: string;
}

/** The entries are many lines, which no single fact may be, so they take the place of a mark of their own. */
export function renderDigestLines(
  template: TemplateText,
  {
    lines,
    link,
    linkText,
    recipient,
  }: { lines: DigestLine[]; link: string; linkText: string; recipient: string },
): Rendered {
  const mark = "\u0001entries\u0001";
  const facts = { count: String(lines.length), recipient: cleanValue(recipient), link, entries: mark };
  const filled = fillTemplate(template, facts);
  const text = lines.map((line) => `- ${line.title}\n  ${line.link}`).join("\n");
  const items = lines.map(
    (line) => `<li><a href="${escapeHtml(line.link)}">${escapeHtml(line.title)}</a></li>`,
  );
  return {
    subject: filled.subject.replaceAll(mark, ""),
    text: filled.text.replaceAll(mark, () => text),
    html: filled.html.replaceAll(`<p>${mark}</p>`, mark).replaceAll(mark, () => `<ul>${items.join("")}</ul>`),
    link,
    linkText,
  };
}

async function renderEntry(entry: Entry, reader: Reader): Promise<DigestLine> {
  const template = await readTemplate({ name: sentenceOf(entry.type, entry.params), locale: reader.locale });
  const link = linkTo(entry);
  return { title: renderNotice(template, { params: entry.params, link, reader }).subject, link };
}

async function readUnread({ recipientId, params }: Delivery): Promise<Entry[]> {
  const kinds = String(params["kinds"] ?? "").split(",");
  const since =
    params["since"] == null
      ? Prisma.sql`TRUE`
      : Prisma.sql`created_at > ${String(params["since"])}::timestamptz`;
  return db().$queryRaw<Entry[]>`
    SELECT type, params, related_ticket_id AS "relatedTicketId", resource_type AS "resourceType",
      resource_id AS "resourceId"
    FROM notifications WHERE recipient_id = ${recipientId} AND NOT read AND type = ANY(${kinds})
      AND ${since} AND created_at <= ${String(params["until"])}::timestamptz
    ORDER BY created_at DESC, id DESC LIMIT ${entriesMax}`;
}

export function linkTo(subject: NoticeSubject | null): string {
  return new URL(subject === null ? "/inbox" : notificationPath(subject), publicBaseUrl()).toString();
}
