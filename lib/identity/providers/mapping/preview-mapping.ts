import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { bindingDifferences, type DraftRow } from "../people/store";
import { cohortText } from "../rules";
import { readProvider } from "../store";
import { placeOf } from "./rules";
import type { MappingDraft, MappingPreview, PreviewMapping } from "./schema";

const peopleShown = 200;

/**
 * Who would get or lose what, before it is done: the very comparison that the change makes, with the draft among the
 * mappings (spec §5.3). It knows people by what the provider said of them last.
 */
export async function previewMapping(ctx: Context, input: PreviewMapping): Promise<MappingPreview> {
  await authorize(db(), ctx, "auth_provider:read");
  const { id: providerId } = await readProvider(input.providerId);
  const changed = input.mappingId === undefined ? [] : [await readCohort(providerId, input.mappingId)];
  const draft = input.draft === undefined ? null : rowOf(input.draft);
  const differences = bindingDifferences({
    providerId,
    among: { cohorts: [...changed, ...(draft === null ? [] : [cohortText(draft)])] },
    instead: { mappingId: input.mappingId ?? null, draft },
  });
  const [gain, lose, change] = await Promise.all([
    readPart(differences, Prisma.sql`d.before IS NULL`),
    readPart(differences, Prisma.sql`d.after IS NULL`),
    readPart(differences, Prisma.sql`d.before IS NOT NULL AND d.after IS NOT NULL`),
  ]);
  return { gain, lose, change };
}

async function readCohort(providerId: string, mappingId: string): Promise<string> {
  const mapping = await db().externalCohortMapping.findFirst({
    where: { id: mappingId, providerId },
    select: { kind: true, key: true },
  });
  if (mapping === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "mapping" });
  return cohortText(mapping);
}

function rowOf(draft: MappingDraft): DraftRow {
  const { kind, key, roleId, environments } = draft;
  return { kind, key, roleId, environments, ...placeOf(draft) };
}

type Part = MappingPreview["gain"];
type CountedChange = Part["people"][number] & { count: number };

async function readPart(differences: Prisma.Sql, condition: Prisma.Sql): Promise<Part> {
  const rows = await db().$queryRaw<CountedChange[]>`
    WITH ${differences}
    SELECT d.user_id AS "userId", u.username, u.display_name AS "displayName", d.role_id AS "roleId",
      r.display_name AS "roleDisplayName", d.scope_id AS "systemId", d.before, d.after, count(*) OVER ()::int AS count
    FROM difference d JOIN users u ON u.id = d.user_id JOIN roles r ON r.id = d.role_id
    WHERE ${condition} ORDER BY u.username, r.display_name LIMIT ${peopleShown}`;
  return { count: rows[0]?.count ?? 0, people: rows.map(({ count: _count, ...change }) => change) };
}
