import { authorize, isAuthorized } from "@/lib/access/authorize";
import { checkCloudInit } from "@/lib/catalog/templates/cloud-init/rules";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { VmBlueprint } from "@/lib/vms/schema";
import { blueprintOf, requireConsistentBlueprint, requireTargetsWithin } from "../rules";
import { readSize, readTemplate, type RequestedSize, type RequestedTemplate } from "../store";
import { removePasswordHashes } from "./remove-password-hashes";
import { removeUrlKeys } from "./remove-url-keys";
import type { ExportTemplate } from "./schema";

/** What an export is made of; nothing in it is anybody's in particular. */
export interface ResolvedExport {
  template: Pick<
    RequestedTemplate,
    "id" | "name" | "version" | "displayName" | "description" | "oneTimePassword" | "loginUser" | "osFamily"
  > & { isUploadedImage: boolean };
  size: Pick<RequestedSize, "id" | "name" | "displayName">;
  /** What Shepherd would render, less its secrets. */
  blueprint: VmBlueprint;
  /** How many hashes of passwords were left out. */
  removedHashes: number;
  /** Whether the image's address had a key in it. */
  removedKey: boolean;
}

/**
 * A step: the template and the size, to whom they are shown, as a machine of them would be asked for.
 * @throws RESOURCE_NOT_FOUND for what the actor is not shown, VALIDATION_FAILED outside the size's limits
 */
export async function resolveExport(tx: Tx, ctx: Context, input: ExportTemplate): Promise<ResolvedExport> {
  const isKeeper = await isAuthorized(tx, ctx, "template:read");
  if (!isKeeper) await authorize(tx, ctx, "vm:read");
  const template = await readTemplate(tx, input.templateId);
  if (!isKeeper && !isOffered(template)) throw new AppError("RESOURCE_NOT_FOUND", { resource: "template" });
  const size = await readSize(tx, await findSizeId(tx, input.size));
  await requireShownSize(tx, ctx, size);
  requireNoSecrets(template);
  const { text, removed } = removePasswordHashes(template.cloudInit);
  const imageUrl = template.imageUrl === null ? null : removeUrlKeys(template.imageUrl);
  return {
    template: { ...template, isUploadedImage: template.imageUploadId !== null },
    size,
    blueprint: {
      ...settle({ ...template, imageUrl, cloudInit: text }, size, input),
      initialPassword: null,
    },
    removedHashes: removed,
    removedKey: imageUrl !== template.imageUrl,
  };
}

function isOffered({ status, enabled, catalogScope }: RequestedTemplate): boolean {
  return status === "active" && enabled && catalogScope !== "unclassified";
}

async function findSizeId(tx: Tx, nameOrId: string): Promise<string> {
  const size = await tx.instanceSize.findFirst({
    where: { OR: [{ id: nameOrId }, { name: nameOrId }] },
    select: { id: true },
  });
  if (size === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "instance_size" });
  return size.id;
}

async function requireShownSize(tx: Tx, ctx: Context, size: RequestedSize): Promise<void> {
  const isShown = size.enabled && size.deprecatedAt === null && size.catalogScope !== "unclassified";
  if (isShown || (await isAuthorized(tx, ctx, "instance_size:read"))) return;
  throw new AppError("RESOURCE_NOT_FOUND", { resource: "instance_size" });
}

const secretCodes = ["plain_password", "private_key", "secret"];

/** No template with a secret can be saved; one that came past that rule does not leave the portal. */
function requireNoSecrets({ cloudInit }: RequestedTemplate): void {
  const secret = checkCloudInit(cloudInit).find(({ code }) => secretCodes.includes(code));
  if (secret === undefined) return;
  throw new AppError("TEMPLATE_SPEC_VIOLATION", {
    path: "cloudInit",
    line: secret.line,
    reason: secret.code,
  });
}

function settle(template: RequestedTemplate, size: RequestedSize, input: ExportTemplate): VmBlueprint {
  requireTargetsWithin(size, input);
  const blueprint = blueprintOf(template, size, input, {});
  requireConsistentBlueprint(blueprint, size);
  return blueprint;
}
