import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { fieldMasks } from "./exposed-fields";
import { bundledMinors, compareMinors, isBundled, minorOf, nearestMinor } from "./minors/rules";
import { readFieldSchema } from "./read-field-schema";
import { findField } from "./rules";
import type { EditorFields, FieldMask, FieldSchemaRow, FieldTier, MaskedEntity } from "./schema";

/** What a form offers when nobody has named a version. */
const usualMinor = "1.7";

/** What is known of each KubeVirt minor that is bundled, cached or in use, oldest first. */
export async function listFieldSchemas(ctx: Context): Promise<FieldSchemaRow[]> {
  await authorize(db(), ctx, "instance_size:read");
  const [cached, used] = await Promise.all([readCacheRows(), readUsedMinors()]);
  const minors = new Set<string>([...bundledMinors, ...cached.keys(), ...used.keys()]);
  return [...minors].sort(compareMinors).map((minor) => {
    const row = cached.get(minor);
    const isCached = row?.fetchedAt != null;
    const source = isBundled(minor) ? "bundled" : isCached ? "remote" : "fallback";
    return {
      minor,
      source,
      fallback: source === "fallback" ? nearestMinor(minor, bundledMinors) : null,
      fetchedAt: row?.fetchedAt ?? null,
      sourceClusterId: row?.sourceClusterId ?? null,
      attempts: row?.attempts ?? 0,
      lastError: row?.lastError ?? null,
      nextAttemptAt: row?.nextAttemptAt ?? null,
      clusters: used.get(minor) ?? [],
    };
  });
}

/** The masked fields of a form, each with everything below it, as the minor has them; a field it lacks is left out. */
export async function readEditorFields(
  ctx: Context,
  { entity, minor }: { entity: MaskedEntity; minor?: string | undefined },
): Promise<EditorFields> {
  await authorize(db(), ctx, entity === "template" ? "template:read" : "instance_size:read");
  return readMaskedFields(entity, minor);
}

/** The same for everybody: published API types and our own order of them (spec §6, public). */
export async function readPublicFields(entity: MaskedEntity, minor?: string): Promise<EditorFields> {
  return readMaskedFields(entity, minor);
}

export function readMask(entity: MaskedEntity): FieldMask {
  return { entity, ...fieldMasks[entity] };
}

async function readMaskedFields(entity: MaskedEntity, version = usualMinor): Promise<EditorFields> {
  const { root, minor, wanted, source } = await readFieldSchema(db(), version);
  const fieldsOf = (tier: FieldTier) =>
    fieldMasks[entity][tier].map((path) => findField(root, path)).filter((field) => field !== null);
  const tiers = {
    quick: fieldsOf("quick"),
    advanced: fieldsOf("advanced"),
    professional: fieldsOf("professional"),
  };
  return { entity, minor, wanted, source, ...tiers };
}

/** For the clock: minors of clusters that are switched on, neither bundled nor cached, whose time has come. */
export async function listDueMinors(): Promise<{ minor: string }[]> {
  const used = [...(await readUsedMinors()).keys()].filter((minor) => !isBundled(minor));
  if (used.length === 0) return [];
  const settled = await db().$queryRaw<{ minor: string }[]>`
    SELECT minor FROM schema_cache WHERE fetched_at IS NOT NULL OR next_attempt_at > now()`;
  const settledMinors = new Set(settled.map(({ minor }) => minor));
  return used.filter((minor) => !settledMinors.has(minor)).map((minor) => ({ minor }));
}

/** For the handler: who can be asked for a minor's fields, those that answer first. */
export async function listClustersOfMinor(minor: string): Promise<{ id: string; name: string }[]> {
  return (await readUsedMinors()).get(minor) ?? [];
}

type UsingCluster = FieldSchemaRow["clusters"][number];

async function readUsedMinors(): Promise<Map<string, UsingCluster[]>> {
  const rows = await db().cluster.findMany({
    where: { enabled: true, kubevirtVersion: { not: null } },
    select: { id: true, name: true, status: true, kubevirtVersion: true },
    orderBy: { name: "asc" },
  });
  const healthyFirst = rows.sort((a, b) => Number(b.status === "HEALTHY") - Number(a.status === "HEALTHY"));
  const used = new Map<string, UsingCluster[]>();
  for (const { id, name, kubevirtVersion } of healthyFirst) {
    const minor = minorOf(kubevirtVersion ?? "");
    if (minor !== null) used.set(minor, [...(used.get(minor) ?? []), { id, name }]);
  }
  return used;
}

async function readCacheRows() {
  const rows = await db().schemaCache.findMany({ omit: { fields: true }, orderBy: { minor: "asc" } });
  return new Map(rows.map((row) => [row.minor, row]));
}
