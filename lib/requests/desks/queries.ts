import type { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { readCursor, readTimeCursor, toPage, type Page, type pageQuery } from "@/lib/core/paging";
import { deliveryRow, type DeliveryFilter, type DeliveryRow } from "./deliveries/schema";
import { callbackPath } from "./render-question";
import { deskRow, secretNames, type DeskDetail, type DeskRow, type SecretName } from "./schema";
import { findDesk } from "./store";

/** Desks in the order in which they are tried. */
export async function listDesks(ctx: Context, filter: z.output<typeof pageQuery>): Promise<Page<DeskRow>> {
  await authorize(db(), ctx, "platform:admin");
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<{ orderKey: string }[]>`
    SELECT ${columns}, ${orderKey} AS "orderKey" FROM external_approval_systems d
    WHERE ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(${orderKey}, d.id) > (${key[0]}, ${key[1]})`}
    ORDER BY ${orderKey}, d.id LIMIT ${filter.perPage + 1}`;
  const listed = rows.map((row) => ({ ...deskRow.parse(row), orderKey: row.orderKey }));
  const page = toPage(listed, filter.perPage, (row) => [row.orderKey, row.id]);
  return { items: page.items.map(({ orderKey: _order, ...row }) => row), nextCursor: page.nextCursor };
}

export async function readDesk(ctx: Context, deskId: string): Promise<DeskDetail> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await db().$queryRaw<unknown[]>`
    SELECT ${columns} FROM external_approval_systems d WHERE d.id = ${deskId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "external_approval_system" });
  const desk = await findDesk(db(), deskId);
  const secrets = await readSecretFacts(deskId);
  return {
    ...deskRow.parse(rows[0]),
    config: desk.settings.config,
    ...{ caCertificate: desk.caCertificate, statusMapping: desk.statusMapping, routes: desk.routes },
    ...{ timeoutSeconds: desk.timeoutSeconds, retryCount: desk.retryCount, version: desk.version },
    ...{ retryBackoffSeconds: desk.retryBackoffSeconds, pollSeconds: desk.pollSeconds },
    signingKeySet: secrets.signing_key.set,
    headersSet: secrets.headers.set,
    credentialsSet: secrets.credentials.set,
    callbackSecretSet: secrets.callback_secret.set,
    secrets,
    callbackUrl: `${publicBaseUrl().origin}${callbackPath}`,
    updatedAt: desk.updatedAt,
  };
}

/** That they are there, since when, and until when a former one counts; never what they are. */
async function readSecretFacts(deskId: string): Promise<DeskDetail["secrets"]> {
  const rows = await db().$queryRaw<{ name: string; since: Date | null; formerUntil: Date | null }[]>`
    SELECT name, max(created_at) FILTER (WHERE ends_at IS NULL) AS since,
      max(ends_at) FILTER (WHERE ends_at > now()) AS "formerUntil"
    FROM (SELECT name, created_at, ends_at FROM external_approval_secrets WHERE external_system_id = ${deskId}
      UNION ALL SELECT 'callback_secret', created_at, ends_at FROM external_callback_secrets
        WHERE external_system_id = ${deskId}) s
    GROUP BY name`;
  const factsOf = (name: SecretName) => {
    const row = rows.find((one) => one.name === name);
    return {
      set: (row?.since ?? null) !== null,
      since: row?.since ?? null,
      formerUntil: row?.formerUntil ?? null,
    };
  };
  const [signing_key, headers, credentials, callback_secret] = secretNames;
  return {
    signing_key: factsOf(signing_key),
    headers: factsOf(headers),
    credentials: factsOf(credentials),
    callback_secret: factsOf(callback_secret),
  };
}

/** Every call in either direction, newest first. */
export async function listDeliveries(
  ctx: Context,
  { deskId, ...filter }: DeliveryFilter & { deskId: string },
): Promise<Page<DeliveryRow>> {
  await authorize(db(), ctx, "platform:admin");
  const key = readTimeCursor(filter.cursor);
  const rows = await db().$queryRaw<unknown[]>`
    SELECT l.id, l.kind, l.outcome, l.attempt, l.status_code AS "statusCode", l.duration_ms AS "durationMs",
      l.request_body AS "requestBody", l.response_excerpt AS "responseExcerpt", l.error,
      l.redelivery_of AS "redeliveryOf", l.ticket_id AS "ticketId", r.status AS "requestStatus", l.at
    FROM external_deliveries l LEFT JOIN external_approval_requests r ON r.id = l.request_id
    WHERE l.external_system_id = ${deskId}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(l.at, l.id) < (${key[0]}, ${key[1]})`}
      AND (${filter.kind ?? ""} = '' OR l.kind = ${filter.kind ?? ""})
      AND (${filter.outcome ?? ""} = '' OR l.outcome = ${filter.outcome ?? ""})
      AND (${filter.ticketId ?? ""} = '' OR l.ticket_id = ${filter.ticketId ?? ""})
    ORDER BY l.at DESC, l.id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(deliveryRow.array().parse(rows), filter.perPage, (row) => [row.at.toISOString(), row.id]);
}

type Due = Promise<{ requestId: string }[]>;

/** For the clock: what should have gone out by now, whether its job was lost or its sender died. */
export function listUnsent(): Due {
  return db().$queryRaw`
    SELECT id AS "requestId" FROM external_approval_requests
    WHERE status = 'sending' AND next_attempt_at <= now() AND (lease_until IS NULL OR lease_until < now())
    ORDER BY next_attempt_at LIMIT 200`;
}

export function listUnasked(): Due {
  return db().$queryRaw`
    SELECT id AS "requestId" FROM external_approval_requests
    WHERE status = 'waiting' AND next_poll_at <= now() ORDER BY next_poll_at LIMIT 200`;
}

export function listUnwithdrawn(): Due {
  return db().$queryRaw`
    SELECT id AS "requestId" FROM external_approval_requests
    WHERE cancel_due_at <= now() ORDER BY cancel_due_at LIMIT 200`;
}

// One text, so that the cursor's one value orders like the page.
const orderKey = Prisma.sql`(lpad(d.sort_order::text, 6, '0') || ' ' || d.name)`;

const columns = Prisma.sql`
  d.id, d.name, d.type, d.enabled, d.webhook_url AS "webhookUrl", d.sort_order AS "sortOrder",
  jsonb_array_length(d.routes) AS "routeCount", d.created_at AS "createdAt",
  (SELECT count(*)::int FROM external_approval_requests r WHERE r.external_system_id = d.id
    AND r.status IN ('sending', 'waiting')) AS "waitingCount",
  (SELECT count(*)::int FROM (SELECT l.outcome FROM external_deliveries l WHERE l.external_system_id = d.id
    ORDER BY l.at DESC, l.id DESC LIMIT 100) x WHERE x.outcome = 'failed') AS "failedCount",
  (SELECT l.at FROM external_deliveries l WHERE l.external_system_id = d.id
    ORDER BY l.at DESC, l.id DESC LIMIT 1) AS "lastCallAt",
  (SELECT l.outcome FROM external_deliveries l WHERE l.external_system_id = d.id
    ORDER BY l.at DESC, l.id DESC LIMIT 1) AS "lastOutcome"`;
