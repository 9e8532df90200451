import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { TemplateRow } from "../schema";

const columns = {
  id: true,
  name: true,
  version: true,
  status: true,
  displayName: true,
  description: true,
  category: true,
  sourceType: true,
  osFamily: true,
  osVersion: true,
  catalogScope: true,
  createdAt: true,
} as const;

/** What anybody signed in may ask for, in one class of environment or in any. */
export async function listOfferedTemplates(
  ctx: Context,
  environmentClass?: EnvironmentClass,
): Promise<TemplateRow[]> {
  await authorize(db(), ctx, "vm:read");
  const scopes = environmentClass === undefined ? ["test", "prod", "all"] : [environmentClass, "all"];
  const rows = await db().template.findMany({
    where: { status: "active", enabled: true, catalogScope: { in: scopes } },
    orderBy: [{ displayName: "asc" }, { id: "asc" }],
    take: 200,
    select: columns,
  });
  return rows.map(asRow);
}

/** Every version in every state, for those who keep the catalogue. */
export async function listAllTemplates(ctx: Context): Promise<TemplateRow[]> {
  await authorize(db(), ctx, "template:read");
  const rows = await db().template.findMany({
    orderBy: [{ name: "asc" }, { version: "desc" }],
    take: 500,
    select: columns,
  });
  return rows.map(asRow);
}

// Both columns are written only from the enums of schema.ts.
function asRow(
  row: { sourceType: string; catalogScope: string } & Omit<TemplateRow, "sourceType" | "catalogScope">,
) {
  return row as TemplateRow;
}
