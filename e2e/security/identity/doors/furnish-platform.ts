import { createHash } from "node:crypto";
import { anAdministrator } from "@/e2e/factories/person";
import { createRole } from "@/lib/access/roles/create-role";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

export async function platformRows(canary: string) {
  const admin = await anAdministrator();
  const role = await createRole(admin, {
    name: canary,
    displayName: canary,
    description: "",
    permissions: ["vm:read"],
    requireMfa: false,
  });
  const environmentName = canary;
  await db().environment.create({
    data: { name: environmentName, class: "test", displayName: canary },
    select: { name: true },
  });
  const providerId = newId();
  await db().authProvider.create({
    data: {
      id: providerId,
      name: `corp ${canary}`,
      authType: "oidc",
      config: { issuer: "https://sign-in.example", clientId: "portal" },
      claimsMapping: { groups: "groups" },
      createdBy: "test",
    },
    select: { id: true },
  });
  const mappingId = newId();
  await db().externalCohortMapping.create({
    data: { id: mappingId, providerId, key: "devs", roleId: "role-viewer", createdBy: "test" },
    select: { id: true },
  });
  const logoId = createHash("sha256").update(canary).digest("hex");
  await db().templateLogo.create({
    data: { id: logoId, mediaType: "image/png", bytes: Buffer.from(canary) },
    select: { id: true },
  });
  const { updatedAt } = await db().role.findUniqueOrThrow({
    where: { id: role.id },
    select: { updatedAt: true },
  });
  return {
    roleId: role.id,
    roleVersion: updatedAt.toISOString(),
    environmentName,
    providerId,
    mappingId,
    logoId,
  };
}
