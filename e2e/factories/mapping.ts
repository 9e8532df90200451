import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

/** A sign-in provider's row with one group of people that gives a role. */
export async function aMapping(given: {
  roleId: string;
  environments?: string[];
}): Promise<{ id: string; providerName: string }> {
  const providerId = newId();
  const name = `corp-${providerId.slice(-8)}`;
  const provider = {
    id: providerId,
    name,
    authType: "oidc",
    config: {},
    claimsMapping: {},
    createdBy: "test",
  };
  await db().authProvider.create({ data: provider, select: { id: true } });
  const id = newId();
  const allowedEnvironments = given.environments ?? ["test"];
  await db().externalCohortMapping.create({
    data: { id, providerId, key: "devs", roleId: given.roleId, allowedEnvironments, createdBy: "test" },
    select: { id: true },
  });
  return { id, providerName: name };
}
