import type { PersonContext } from "@/app/_http/current-context";
import type { ProviderRights } from "@/components/providers/provider-frame";
import { holdsPermission } from "@/components/requests/holds-permission";
import { listOwnPermissions } from "@/lib/access/queries";
import { descriptors } from "@/lib/identity/providers/descriptors";
import { readAuthProvider } from "@/lib/identity/providers/queries";
import type { Permission } from "@/lib/vocabulary/permissions";

/** What every page about one provider shows: the provider, its type, and what the reader may do with it. */
export async function readProviderPage(ctx: PersonContext, providerId: string) {
  const [provider, held] = await Promise.all([readAuthProvider(ctx, providerId), listOwnPermissions(ctx)]);
  const { fields, hasDirectory } = descriptors[provider.authType];
  return { provider, fields, hasDirectory, held, may: rightsOf(held) };
}

export function rightsOf(held: readonly Permission[]): ProviderRights {
  return {
    configure: holdsPermission(held, "auth_provider:configure"),
    update: holdsPermission(held, "auth_provider:update"),
    delete: holdsPermission(held, "auth_provider:delete"),
    sync: holdsPermission(held, "auth_provider:sync"),
    mapping_create: holdsPermission(held, "auth_provider:mapping_create"),
    mapping_update: holdsPermission(held, "auth_provider:mapping_update"),
    mapping_delete: holdsPermission(held, "auth_provider:mapping_delete"),
  };
}
