import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";

export async function lockTemplate(tx: Tx, templateId: string) {
  await tx.$queryRaw`SELECT 1 FROM templates WHERE id = ${templateId} FOR UPDATE`;
  const template = await tx.template.findUnique({ where: { id: templateId } });
  if (template === null) throw new AppError("RESOURCE_NOT_FOUND");
  return template;
}
export type StoredTemplate = Awaited<ReturnType<typeof lockTemplate>>;

/** Whoever makes or activates a version of a name waits for the one before, so that numbers and states follow each other. */
export async function lockName(tx: Tx, name: string): Promise<void> {
  await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`template ${name}`}, 0))::text`;
}

/** What an edit may change; a member for each input of the editor. */
export function contentOf(template: StoredTemplate) {
  const { displayName, description, category, sourceType, imageUrl, pvcNamespace, pvcName } = template;
  const { imageUploadId, cloudInit, osFamily, osVersion, quickFields, advancedFields } = template;
  const { professionalFields, fieldDefaults, fieldConstraints, catalogScope, logoId } = template;
  return {
    ...{ displayName, description, category, sourceType, imageUrl, pvcNamespace, pvcName, imageUploadId },
    ...{ cloudInit, osFamily, osVersion, quickFields, advancedFields, professionalFields, fieldDefaults },
    ...{ fieldConstraints, catalogScope, logoId },
    ...{ loginUser: template.loginUser, oneTimePassword: template.oneTimePassword },
  };
}
