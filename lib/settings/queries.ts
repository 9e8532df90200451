import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readTimeCursor, toPage, type Page } from "@/lib/core/paging";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import { settingKind } from "./rules";
import { settingKey, settingValue, type RevisionFilter, type RevisionRow, type SettingRow } from "./schema";

/** Spec §6: a worker that was silent for longer does not count. */
const heartbeatAgeMaxSeconds = 60;

export interface PlatformHealth {
  database: "up" | "down";
  worker: "up" | "silent" | "unknown";
}

/** What the portal needs to be of use, part by part. */
export async function readPlatformHealth(): Promise<PlatformHealth> {
  try {
    const [row] = await db().$queryRaw<{ alive: boolean }[]>`
      SELECT EXISTS (SELECT FROM worker_instances WHERE process = 'worker'
        AND last_heartbeat > now() - make_interval(secs => ${heartbeatAgeMaxSeconds})) AS alive`;
    return { database: "up", worker: row?.alive ? "up" : "silent" };
  } catch {
    return { database: "down", worker: "unknown" };
  }
}

interface ChangedSetting {
  key: string;
  value: unknown;
  version: number;
  updatedAt: Date | null;
  updatedByName: string | null;
}

/** Every setting there is, with its value, its range and who changed it last. */
export async function listSettings(ctx: Context): Promise<SettingRow[]> {
  await authorize(db(), ctx, "platform:admin");
  const changed = await db().$queryRaw<ChangedSetting[]>`
    SELECT coalesce(s.key, r.key) AS key, s.value, coalesce(r.version, 0) AS version, r.created_at AS "updatedAt",
      r.actor_name AS "updatedByName"
    FROM platform_settings s FULL JOIN (SELECT DISTINCT ON (key) key, version, created_at, actor_name
      FROM platform_setting_revisions ORDER BY key, version DESC) r ON r.key = s.key`;
  const byKey = new Map(changed.map((row) => [row.key, row]));
  return settingKey.options.map((key) => {
    const definition: Definition = settingDefinitions[key];
    const row = byKey.get(key);
    const value = settingValue.safeParse(row?.value);
    return {
      key,
      description: definition.description,
      type: settingKind(key),
      value: value.success ? value.data : copy(definition.default),
      default: copy(definition.default),
      source: value.success ? "database" : "default",
      minimum: definition.minimum ?? null,
      maximum: definition.maximum ?? null,
      version: row?.version ?? 0,
      updatedAt: row?.updatedAt ?? null,
      updatedByName: row?.updatedByName ?? null,
    };
  });
}

interface Definition {
  default: number | boolean | string | readonly string[];
  description: string;
  minimum?: number;
  maximum?: number;
}

function copy(value: Definition["default"]): number | boolean | string | string[] {
  return typeof value === "object" ? [...value] : value;
}

/** Who changed what, newest first. */
export async function listRevisions(ctx: Context, filter: RevisionFilter): Promise<Page<RevisionRow>> {
  await authorize(db(), ctx, "platform:admin");
  const key = readTimeCursor(filter.cursor);
  const rows = await db().$queryRaw<RevisionRow[]>`
    SELECT id, key, version, before, after, actor_name AS "actorName", created_at AS "createdAt"
    FROM platform_setting_revisions
    WHERE ${filter.key === undefined ? Prisma.sql`TRUE` : Prisma.sql`key = ${filter.key}`}
      AND ${key === null ? Prisma.sql`TRUE` : Prisma.sql`(created_at, id) < (${key[0]}, ${key[1]})`}
    ORDER BY created_at DESC, id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.createdAt.toISOString(), row.id]);
}
