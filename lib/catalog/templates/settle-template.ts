import { forbiddenOverrides } from "@/lib/catalog/forbidden-fields";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { checkCloudInit } from "./cloud-init/rules";
import { readNewestFields } from "./layers/read-newest-fields";
import { diskKey, pathsOf, requireFieldLayers } from "./layers/rules";
import type { TemplateContent } from "./schema";
import { settleSource } from "./settle-source";

/** Every rule of spec §5.7 over a whole template; what comes back is what may be stored. */
export async function settleTemplate(tx: Tx, given: TemplateContent): Promise<TemplateContent> {
  const content = { ...given, cloudInit: given.cloudInit.replaceAll("\r\n", "\n") };
  requireFirstPassword(content);
  requireCloudConfig(content);
  await requireKnownFields(tx, content);
  await requireLogo(tx, content.logoId);
  return { ...content, ...(await settleSource(tx, content)) };
}

function requireFirstPassword({ oneTimePassword, loginUser, osFamily }: TemplateContent): void {
  if (!oneTimePassword) return;
  if (loginUser === "") throw fieldRefused("loginUser", "required");
  // Windows images read no chpasswd.
  if (osFamily === "windows") throw fieldRefused("oneTimePassword", "not_for_windows");
}

/** @throws VALIDATION_FAILED with every error of the text, the first one first */
function requireCloudConfig({ cloudInit, oneTimePassword }: TemplateContent): void {
  const errors = checkCloudInit(cloudInit, { oneTimePassword }).filter(
    ({ severity }) => severity === "error",
  );
  if (errors.length === 0) return;
  const fields = errors.map(({ code, params, line, column }) => ({
    field: "cloudInit",
    code,
    params: { ...params, line, column },
  }));
  throw new AppError("VALIDATION_FAILED", {}, fields);
}

async function requireKnownFields(tx: Tx, content: TemplateContent): Promise<void> {
  const { root } = await readNewestFields(tx);
  requireFieldLayers(content, root);
  const { [diskKey]: _disk, ...defaults } = content.fieldDefaults;
  const named = Object.fromEntries(pathsOf(content).map((path) => [path, null]));
  const forbidden = forbiddenOverrides({ ...named, ...defaults })[0];
  if (forbidden !== undefined) throw new AppError("FORBIDDEN_FIELD", { ...forbidden });
}

async function requireLogo(tx: Tx, logoId: string | null): Promise<void> {
  if (logoId === null) return;
  const logo = await tx.templateLogo.findUnique({ where: { id: logoId }, select: { id: true } });
  if (logo === null) throw fieldRefused("logoId", "logo_unknown");
}
