import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import type { RoleOffer } from "@/components/accounts/role-fields";
import { UserPage } from "@/components/accounts/user-page";
import { holdsPermission } from "@/components/requests/holds-permission";
import { listBindings, listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { listAccess } from "@/lib/access/reviews/queries";
import { listRoles } from "@/lib/access/roles/queries";
import { listAudit } from "@/lib/audit/queries";
import { perPageMax } from "@/lib/core/paging";
import { readUser } from "@/lib/identity/accounts/queries";
import { listUserSessions, listUserTokens } from "@/lib/identity/queries";
import { listSystems } from "@/lib/systems/queries";
import { platformAdmin } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts");
  return { title: t("list.title") };
}

const recordsShown = 10;

export default async function OneUserPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderUser(ctx, id));
}

async function renderUser(ctx: PersonContext, id: string) {
  const [user, held] = await Promise.all([readUser(ctx, id), listOwnPermissions(ctx)]);
  if (user.authType === "service") redirect(`/admin/service-accounts/${id}`);
  const all = { userId: id, perPage: perPageMax };
  const seesAccess = holdsPermission(held, "rbac:read");
  const [sessions, tokens, bindings, memberships, records, offer] = await Promise.all([
    listUserSessions(ctx, id),
    listUserTokens(ctx, id),
    seesAccess ? listBindings(ctx, all) : null,
    seesAccess ? listAccess(ctx, { ...all, kind: "member" }) : null,
    holdsPermission(held, "audit:read")
      ? listAudit(ctx, { resourceType: "user", resourceId: id, perPage: recordsShown })
      : null,
    seesAccess && holdsPermission(held, "rbac:manage") ? readRoleOffer(ctx) : null,
  ]);
  return (
    <UserPage
      user={user}
      reader={{ isPlatformAdministrator: held.includes(platformAdmin) }}
      sessions={sessions}
      tokens={tokens}
      bindings={bindings?.items ?? null}
      memberships={memberships?.items ?? null}
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
