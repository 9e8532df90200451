import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { FieldNode } from "@/lib/catalog/fields/schema";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import { readNewestFields } from "./layers/read-newest-fields";
import { offeredFields, type FieldLayers } from "./layers/rules";
import {
  templateDetail,
  type CatalogueRow,
  type OfferedFilter,
  type OfferedTemplate,
  type TemplateDetail,
  type TemplateFilter,
  type TemplateRow,
  type TemplateVersion,
} from "./schema";

const rowColumns = Prisma.sql`t.id, t.name, t.version, t.status, t.display_name AS "displayName", t.description,
  t.category, t.source_type AS "sourceType", t.os_family AS "osFamily", t.os_version AS "osVersion",
  t.catalog_scope AS "catalogScope", '/api/v1/template-logos/' || t.logo_id AS "logoUrl",
  t.login_user AS "loginUser", t.one_time_password AS "oneTimePassword", t.created_at AS "createdAt",
  t.updated_at AS "updatedAt"`;

const layerColumns = Prisma.sql`t.quick_fields AS "quickFields", t.advanced_fields AS "advancedFields",
  t.professional_fields AS "professionalFields", t.field_defaults AS "fieldDefaults",
  t.field_constraints AS "fieldConstraints"`;

const usageColumns = Prisma.sql`(SELECT count(*)::int FROM vms v WHERE v.template_id = t.id) AS "vmCount",
  (SELECT count(*)::int FROM approval_tickets k WHERE k.template_id = t.id AND k.status = 'PENDING') AS "pendingCount"`;

/** The most a request form shows at once. */
const tilesMax = 200;

/** What anybody signed in may ask for, in one class of environment or in any: the tiles of a form. */
export async function listOfferedTemplates(
  ctx: Context,
  environmentClass?: EnvironmentClass,
): Promise<OfferedTemplate[]> {
  await authorize(db(), ctx, "vm:read");
  return readOffered(isOffered({ environmentClass }), tilesMax);
}

/** The same by pages. */
export async function pageOfferedTemplates(
  ctx: Context,
  filter: OfferedFilter,
): Promise<Page<OfferedTemplate>> {
  await authorize(db(), ctx, "vm:read");
  const key = readCursor(filter.cursor);
  const after = key === null ? Prisma.sql`TRUE` : Prisma.sql`(t.display_name, t.id) > (${key[0]}, ${key[1]})`;
  const rows = await readOffered(Prisma.sql`${isOffered(filter)} AND ${after}`, filter.perPage + 1);
  return toPage(rows, filter.perPage, (row) => [row.displayName, row.id]);
}

function isOffered(filter: Partial<Pick<OfferedFilter, "q" | "environmentClass">>): Prisma.Sql {
  const { environmentClass } = filter;
  const scopes = environmentClass === undefined ? ["test", "prod", "all"] : [environmentClass, "all"];
  return Prisma.sql`t.status = 'active' AND t.enabled AND t.catalog_scope = ANY(${scopes}) AND ${mentions(filter.q)}`;
}

async function readOffered(where: Prisma.Sql, limit: number): Promise<OfferedTemplate[]> {
  const rows = await db().$queryRaw<(TemplateRow & FieldLayers)[]>`
    SELECT ${rowColumns}, ${layerColumns} FROM templates t WHERE ${where}
    ORDER BY t.display_name, t.id LIMIT ${limit}`;
  const { root } = await readNewestFields(db());
  return rows.map((row) => toOffered(row, root));
}

function toOffered(row: TemplateRow & FieldLayers, root: FieldNode): OfferedTemplate {
  const { quickFields, advancedFields, professionalFields, fieldDefaults, fieldConstraints, ...tile } = row;
  const layers = { quickFields, advancedFields, professionalFields, fieldDefaults, fieldConstraints };
  return { ...tile, fields: offeredFields(layers, root) };
}

/** Every version in every state with its usage, for those who keep the catalogue. */
export async function listTemplates(ctx: Context, filter: TemplateFilter): Promise<Page<CatalogueRow>> {
  await authorize(db(), ctx, "template:read");
  const conditions = [
    filter.status === undefined ? Prisma.sql`TRUE` : Prisma.sql`t.status = ${filter.status}`,
    filter.scope === undefined ? Prisma.sql`TRUE` : Prisma.sql`t.catalog_scope = ${filter.scope}`,
    mentions(filter.q),
    isAfterVersion(filter.cursor),
  ];
  const rows = await db().$queryRaw<CatalogueRow[]>`
    SELECT ${rowColumns}, ${usageColumns} FROM templates t WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY t.name, t.version DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, (row) => [row.name, String(row.version)]);
}

function isAfterVersion(cursor: string | undefined): Prisma.Sql {
  const key = readCursor(cursor);
  if (key === null) return Prisma.sql`TRUE`;
  if (!/^[1-9]\d{0,8}$/.test(key[1])) throw fieldRefused("cursor", "invalid_cursor");
  return Prisma.sql`(t.name > ${key[0]} OR (t.name = ${key[0]} AND t.version < ${Number(key[1])}))`;
}

function mentions(q: string | undefined): Prisma.Sql {
  if (q === undefined || q === "") return Prisma.sql`TRUE`;
  return Prisma.sql`position(lower(${q}) IN lower(t.name || ' ' || t.display_name || ' ' || t.category)) > 0`;
}

/** Everything of one version. @throws RESOURCE_NOT_FOUND */
export async function readTemplate(ctx: Context, templateId: string): Promise<TemplateDetail> {
  await authorize(db(), ctx, "template:read");
  const rows = await db().$queryRaw<unknown[]>`
    SELECT ${rowColumns}, ${layerColumns}, t.image_url AS "imageUrl", t.pvc_namespace AS "pvcNamespace",
      t.pvc_name AS "pvcName", t.image_upload_id AS "imageUploadId", t.cloud_init AS "cloudInit",
      t.logo_id AS "logoId", t.deprecation_message AS "deprecationMessage", t.activated_at AS "activatedAt",
      t.deprecated_at AS "deprecatedAt", t.archived_at AS "archivedAt", t.revision,
      u.display_name AS "createdByName", CASE WHEN i.id IS NULL THEN NULL ELSE jsonb_build_object('id', i.id,
        'displayName', i.display_name, 'clusterId', i.cluster_id, 'status', i.status) END AS "imageUpload"
    FROM templates t LEFT JOIN users u ON u.id = t.created_by LEFT JOIN image_uploads i ON i.id = t.image_upload_id
    WHERE t.id = ${templateId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return templateDetail.parse(rows[0]);
}

/** The history of the name that the version belongs to, newest first, with who lives on each. */
export async function listTemplateVersions(ctx: Context, templateId: string): Promise<TemplateVersion[]> {
  await authorize(db(), ctx, "template:read");
  const rows = await db().$queryRaw<TemplateVersion[]>`
    SELECT t.id, t.version, t.status, t.created_at AS "createdAt", t.activated_at AS "activatedAt",
      t.deprecated_at AS "deprecatedAt", t.archived_at AS "archivedAt", u.display_name AS "createdByName",
      ${usageColumns}
    FROM templates t LEFT JOIN users u ON u.id = t.created_by
    WHERE t.name = (SELECT name FROM templates WHERE id = ${templateId}) ORDER BY t.version DESC LIMIT 200`;
  if (rows.length === 0) throw new AppError("RESOURCE_NOT_FOUND");
  return rows;
}
