import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { pageLinks } from "@/components/requests/page-links";
import { AddMember } from "@/components/systems/add-member";
import { MembersBody } from "@/components/systems/members-body";
import { PlaceSelect } from "@/components/systems/place-select";
import { SystemHeader } from "@/components/systems/system-header";
import { TransferOwnership } from "@/components/systems/transfer-ownership";
import { Pagination } from "@/components/ui/pagination";
import { listMembers, readMemberPowers } from "@/lib/access/members/queries";
import { memberFilter, type MemberPowers } from "@/lib/access/members/schema";
import { listAccess } from "@/lib/access/reviews/queries";
import type { Context } from "@/lib/core/context";
import { perPageMax } from "@/lib/core/paging";
import { listServices, readSystem } from "@/lib/systems/queries";
import type { SystemRow } from "@/lib/systems/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("systems.members");
  return { title: t("title") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function MembersPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderMembers(ctx, id, search));
}

async function renderMembers(ctx: PersonContext, systemId: string, search: SearchParameters) {
  const [system, services, powers] = await Promise.all([
    readSystem(ctx, systemId),
    listServices(ctx, { systemId, perPage: perPageMax }),
    readMemberPowers(ctx, systemId),
  ]);
  const place = choosePlace(system, services.items, search["service"]);
  const { cursor, perPage } = readSearch(memberFilter.pick({ cursor: true, perPage: true }), search);
  const [members, lastUsed] = await Promise.all([
    listMembers(ctx, { ...place, perPage, ...(cursor === undefined ? {} : { cursor }) }),
    readLastUsed(ctx, systemId, powers),
  ]);
  const isWhole = place.resourceType === "system";
  return (
    <>
      <SystemHeader
        system={system}
        tab="members"
        actions={
          <>
            {isWhole && powers.canTransfer && (
              <TransferOwnership
                system={system}
                members={members.items}
                ownId={ctx.actor.id}
                isOwner={powers.role === "owner"}
              />
            )}
            {powers.canManage && (
              <AddMember key={place.resourceId} place={place} grantable={powers.grantable} />
            )}
          </>
        }
      />
      <PlaceSelect services={services.items} chosenId={isWhole ? undefined : place.resourceId} />
      <MembersBody
        system={system}
        members={members.items}
        place={place}
        powers={powers}
        ownId={ctx.actor.id}
        lastUsed={lastUsed}
      />
      <Pagination {...pageLinks(`/systems/${systemId}/members`, search, members.nextCursor)} />
    </>
  );
}

function choosePlace(
  system: SystemRow,
  services: readonly { id: string; name: string }[],
  wanted: string | string[] | undefined,
) {
  const service = services.find(({ id }) => id === wanted);
  const { id: resourceId, name } = service ?? system;
  const resourceType = service === undefined ? ("system" as const) : ("service" as const);
  return { systemId: system.id, resourceType, resourceId, name };
}

/** Only whoever reviews the system may know, and only where one page holds everybody. */
async function readLastUsed(ctx: Context, systemId: string, powers: MemberPowers) {
  if (!powers.canManage) return null;
  const { items, nextCursor } = await listAccess(ctx, { systemId, kind: "member", perPage: perPageMax });
  if (nextCursor !== null) return null;
  return new Map(items.map(({ userId, lastUsedAt }) => [userId, lastUsedAt]));
}
