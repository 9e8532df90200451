import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { templateComparison, type TemplateComparison } from "../schema";
import { contentOf, type StoredTemplate } from "../store";
import { changesOf, diffLines } from "./rules";

/** What changed from one version to another, members by name and cloud-init by lines. @throws RESOURCE_NOT_FOUND */
export async function compareTemplates(
  ctx: Context,
  beforeId: string,
  afterId: string,
): Promise<TemplateComparison> {
  await authorize(db(), ctx, "template:read");
  const rows = await db().template.findMany({ where: { id: { in: [beforeId, afterId] } } });
  const [before, after] = [beforeId, afterId].map((id) => rows.find((row) => row.id === id));
  if (before === undefined || after === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  const { cloudInit: oldText, ...old } = contentOf(before);
  const { cloudInit: newText, ...fresh } = contentOf(after);
  return templateComparison.parse({
    before: named(before),
    after: named(after),
    changes: changesOf(old, fresh),
    cloudInit: oldText === newText ? [] : diffLines(oldText, newText),
  });
}

function named({ id, name, version, status }: StoredTemplate) {
  return { id, name, version, status };
}
