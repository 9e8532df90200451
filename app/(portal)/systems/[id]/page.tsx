import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { deleteSystemAction, updateSystemAction } from "@/app/actions/systems";
import { QuotaMeter } from "@/components/quotas/quota-meter";
import { pageLinks } from "@/components/requests/page-links";
import { CreateServiceDialog } from "@/components/systems/create-service-dialog";
import { DescriptionDialog } from "@/components/systems/description-dialog";
import { MemberList } from "@/components/systems/member-list";
import { ServiceTable } from "@/components/systems/service-table";
import { SystemHeader } from "@/components/systems/system-header";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { listMembers } from "@/lib/access/members/queries";
import { listSystemQuotas } from "@/lib/requests/quotas/queries";
import { listServices, readSystem } from "@/lib/systems/queries";
import { serviceFilter, type SystemRow } from "@/lib/systems/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("systems");
  return { title: t("list.title") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function SystemPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderSystem(ctx, id, search));
}

async function renderSystem(ctx: PersonContext, systemId: string, search: SearchParameters) {
  const t = await getTranslations("systems");
  const system = await readSystem(ctx, systemId);
  const [services, members, rooms] = await Promise.all([
    listServices(ctx, { ...readSearch(serviceFilter, search), systemId }),
    listMembers(ctx, { systemId, resourceType: "system", perPage: 8 }),
    listSystemQuotas(ctx, systemId),
  ]);
  const mayCreate = system.role !== "viewer";
  const create = mayCreate && <CreateServiceDialog systemId={systemId} />;
  return (
    <>
      <SystemHeader system={system} tab="services" actions={<SystemActions system={system} />} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,1fr)]">
        <Section title={t("detail.services")} actions={create}>
          {services.items.length > 0 ? (
            <ServiceTable services={services.items} />
          ) : (
            <Card flush>
              <EmptyState icon="box" title={t("detail.noServices")} action={create}>
                {t("detail.noServicesExplanation")}
              </EmptyState>
            </Card>
          )}
          <Pagination {...pageLinks(`/systems/${systemId}`, search, services.nextCursor)} />
        </Section>
        <div className="grid gap-5">
          <QuotaMeter rooms={rooms} mayAsk={mayCreate} />
          <MemberList systemId={systemId} members={members.items} />
        </div>
      </div>
    </>
  );
}

/** Offered by role; the use cases decide again. */
async function SystemActions({ system }: { system: SystemRow }) {
  const t = await getTranslations("systems");
  const manages = system.role === null || system.role === "owner" || system.role === "admin";
  const owns = system.role === null || system.role === "owner";
  return (
    <>
      {manages && (
        <DescriptionDialog
          action={updateSystemAction}
          hidden={{ systemId: system.id }}
          description={system.description}
        />
      )}
      {owns && (
        <ConfirmByName
          trigger={<Button>{t("detail.delete")}</Button>}
          title={t("detail.deleteTitle", { name: system.name })}
          description={t("detail.deleteText")}
          confirmLabel={t("detail.delete")}
          name={system.name}
          action={deleteSystemAction}
          hidden={{ systemId: system.id }}
        />
      )}
    </>
  );
}
