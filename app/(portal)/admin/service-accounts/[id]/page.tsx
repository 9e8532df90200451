import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import type { RoleOffer } from "@/components/accounts/role-fields";
import { ServicePage } from "@/components/accounts/service-page";
import { holdsPermission } from "@/components/requests/holds-permission";
import { listBindings, listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { listRoles } from "@/lib/access/roles/queries";
import { listAudit } from "@/lib/audit/queries";
import { perPageMax } from "@/lib/core/paging";
import { readUser } from "@/lib/identity/accounts/queries";
import { listUserTokens, readTokenChoices } from "@/lib/identity/queries";
import { listSystems } from "@/lib/systems/queries";
import { permissions, platformAdmin } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("service.title") };
}

const recordsShown = 10;

export default async function OneServiceAccountPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderAccount(ctx, id));
}

async function renderAccount(ctx: PersonContext, id: string) {
  const [user, held] = await Promise.all([readUser(ctx, id), listOwnPermissions(ctx)]);
  if (user.authType !== "service") redirect(`/admin/users/${id}`);
  const seesAccess = holdsPermission(held, "rbac:read");
  const [tokens, choices, bindings, records, offer] = await Promise.all([
    listUserTokens(ctx, id),
    readTokenChoices(ctx),
    seesAccess ? listBindings(ctx, { userId: id, perPage: perPageMax }) : null,
    holdsPermission(held, "audit:read")
      ? listAudit(ctx, { resourceType: "user", resourceId: id, perPage: recordsShown })
      : null,
    seesAccess && holdsPermission(held, "rbac:manage") ? readRoleOffer(ctx) : null,
  ]);
  return (
    <ServicePage
      user={user}
      reader={{ isPlatformAdministrator: held.includes(platformAdmin) }}
      tokens={tokens}
      choices={{ ...choices, permissions: [...permissions] }}
      bindings={bindings?.items ?? null}
      records={records?.items ?? null}
      offer={offer}
    />
  );
}

async function readRoleOffer(ctx: PersonContext): Promise<RoleOffer> {
  const [roles, environments, systems] = await Promise.all([
    listRoles(ctx),
    listEnvironments(),
    listSystems(ctx, { perPage: perPageMax }),
  ]);
  return { roles: roles.filter(({ enabled }) => enabled), environments, systems: systems.items };
}
