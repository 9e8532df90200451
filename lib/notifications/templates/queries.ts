import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { deliveryLocales } from "../rules";
import { wordsOf } from "./read-template";
import { placeholdersOf } from "./rules";
import { templateNames, type TemplateKey, type TemplateRow } from "./schema";

interface StoredTemplate {
  kind: string;
  locale: string;
  subject: string;
  body: string;
  version: number;
  updatedAt: Date;
  updatedByName: string;
}

/** Every text in both languages, whether it is the product's or an administrator's. */
export async function listTemplates(ctx: Context): Promise<{ items: TemplateRow[] }> {
  await authorize(db(), ctx, "platform:admin");
  const stored = await db().$queryRaw<StoredTemplate[]>`
    SELECT t.kind, t.locale, t.subject, t.body, t.version, t.updated_at AS "updatedAt",
      coalesce(u.display_name, t.updated_by) AS "updatedByName"
    FROM notice_templates t LEFT JOIN users u ON u.id = t.updated_by`;
  const byKey = new Map(stored.map((row) => [`${row.kind}/${row.locale}`, row]));
  const keys = templateNames.flatMap((name) => deliveryLocales.map((locale) => ({ name, locale })));
  return { items: keys.map((key) => toRow(key, byKey.get(`${key.name}/${key.locale}`))) };
}

export async function readTemplateRow(ctx: Context, key: TemplateKey): Promise<TemplateRow> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await db().$queryRaw<StoredTemplate[]>`
    SELECT t.kind, t.locale, t.subject, t.body, t.version, t.updated_at AS "updatedAt",
      coalesce(u.display_name, t.updated_by) AS "updatedByName"
    FROM notice_templates t LEFT JOIN users u ON u.id = t.updated_by
    WHERE t.kind = ${key.name} AND t.locale = ${key.locale}`;
  return toRow(key, rows[0]);
}

function toRow({ name, locale }: TemplateKey, own: StoredTemplate | undefined): TemplateRow {
  const { subject, body } = own ?? wordsOf[locale].templates[name];
  return {
    ...{ name, locale, subject, body, placeholders: placeholdersOf(name) },
    isOwn: own !== undefined,
    version: own?.version ?? 0,
    updatedAt: own?.updatedAt ?? null,
    updatedByName: own?.updatedByName ?? null,
  };
}
