import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { publicBaseUrl } from "@/lib/core/env";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page, type pageQuery } from "@/lib/core/paging";
import type { z } from "zod";
import { descriptors } from "./descriptors";
import { openSecrets } from "./open-secrets";
import { ownAddresses, serverOf } from "./rules";
import type { ProviderDetail, ProviderRow } from "./schema";
import type { SignInWay } from "./sign-in/schema";
import { authType, parseSettings, readProvider } from "./store";

/** The types there are, and what each asks for. */
export async function listProviderTypes(ctx: Context) {
  await authorize(db(), ctx, "auth_provider:read");
  return { items: Object.values(descriptors) };
}

/** Providers in the order of the login page. */
export async function listAuthProviders(
  ctx: Context,
  filter: z.output<typeof pageQuery>,
): Promise<Page<ProviderRow>> {
  await authorize(db(), ctx, "auth_provider:read");
  const key = readCursor(filter.cursor);
  const rows = await db().$queryRaw<StoredRow[]>`
    SELECT ${rowColumns} FROM auth_providers p
    WHERE ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(${orderKey}, p.id) > (${key[0]}, ${key[1]})`}
    ORDER BY ${orderKey}, p.id LIMIT ${filter.perPage + 1}`;
  const page = toPage(rows, filter.perPage, (row) => [row.orderKey, row.id]);
  return { items: page.items.map(toRow), nextCursor: page.nextCursor };
}

export async function readAuthProvider(ctx: Context, providerId: string): Promise<ProviderDetail> {
  await authorize(db(), ctx, "auth_provider:read");
  const rows = await db().$queryRaw<(StoredRow & Counts)[]>`
    SELECT ${rowColumns}, p.updated_at AS "updatedAt",
      (SELECT count(*)::int FROM external_cohorts c WHERE c.provider_id = p.id) AS "cohortCount",
      (SELECT count(*)::int FROM user_sessions s WHERE s.provider = p.id AND s.revoked_at IS NULL
        AND s.expires_at > now()) AS "sessionCount"
    FROM auth_providers p WHERE p.id = ${providerId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "auth_provider" });
  const { cohortCount, sessionCount, updatedAt } = rows[0];
  const provider = await readProvider(providerId);
  return {
    ...toRow(rows[0]),
    ...{ cohortCount, sessionCount, updatedAt },
    version: provider.version,
    config: provider.config,
    secretsKept: (await openSecrets(provider)).kept,
    claimsMapping: provider.claims,
    syncIntervalMinutes: provider.syncIntervalMinutes,
    ours: ownAddresses(publicBaseUrl().origin, provider),
  };
}

/** What the login page offers: the local password first, then the providers that are switched on. */
export async function listSignInWays(): Promise<SignInWay[]> {
  const rows = await db().authProvider.findMany({
    where: { enabled: true },
    orderBy: [{ sortOrder: "asc" }, { name: "asc" }],
    take: 50,
    select: { id: true, name: true, authType: true },
  });
  const ways = rows.map((row) => {
    const { interaction } = descriptors[authType.parse(row.authType)];
    const href = `/api/v1/auth/providers/${row.id}/login/${interaction === "redirect" ? "start" : "submit"}`;
    return { id: row.id, type: row.authType, displayName: row.name, interaction, href };
  });
  return [localWay, ...ways];
}

const localWay: SignInWay = {
  id: "password",
  type: "local",
  displayName: "Password",
  interaction: "credentials",
  href: "/api/v1/auth/login",
};

interface StoredRow extends Omit<ProviderRow, "server"> {
  orderKey: string;
  config: unknown;
}
interface Counts {
  cohortCount: number;
  sessionCount: number;
  updatedAt: Date;
}

// One text, so that the cursor's one value orders like the page.
const orderKey = Prisma.sql`(lpad(p.sort_order::text, 6, '0') || ' ' || p.name)`;

const rowColumns = Prisma.sql`
  p.id, p.name, p.auth_type AS "authType", p.enabled, p.sort_order AS "sortOrder", p.require_mfa AS "requireMfa",
  p.config, p.last_synced_at AS "lastSyncedAt", p.created_at AS "createdAt", ${orderKey} AS "orderKey",
  (SELECT count(*)::int FROM users u WHERE u.auth_provider_id = p.id) AS "peopleCount",
  (SELECT count(*)::int FROM external_cohort_mappings m WHERE m.provider_id = p.id) AS "mappingCount"`;

function toRow({ orderKey: _order, config, ...row }: StoredRow): ProviderRow {
  return { ...row, server: serverOf(parseSettings({ authType: row.authType, config })) };
}
