import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { deleteServiceAction, updateServiceAction } from "@/app/actions/systems";
import { pageLinks } from "@/components/requests/page-links";
import { DescriptionDialog } from "@/components/systems/description-dialog";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { VmTable } from "@/components/vms/vm-table";
import { readService, readSystem } from "@/lib/systems/queries";
import type { ServiceRow } from "@/lib/systems/schema";
import { listUnderstood } from "@/lib/vms/list/queries";
import { vmFilter } from "@/lib/vms/list/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("systems");
  return { title: t("detail.services") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function ServicePage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderService(ctx, id, search));
}

async function renderService(ctx: PersonContext, serviceId: string, search: SearchParameters) {
  const t = await getTranslations("systems");
  const service = await readService(ctx, serviceId);
  const [system, vms] = await Promise.all([
    readSystem(ctx, service.systemId),
    listUnderstood(ctx, { ...readSearch(vmFilter, search), serviceId }),
  ]);
  const request = system.role !== "viewer" && (
    <LinkButton href={`/vms/new?serviceId=${serviceId}`} variant="primary">
      {t("detail.requestVm")}
    </LinkButton>
  );
  const manages = system.role === null || system.role === "owner" || system.role === "admin";
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t("list.title"), href: "/systems" },
          { label: system.name, href: `/systems/${system.id}` },
          { label: service.name },
        ]}
        title={service.name}
        description={service.description || t("detail.noDescription")}
        actions={
          <>
            {request}
            {manages && <ManageService service={service} />}
          </>
        }
      />
      <Section title={t("service.machines")}>
        {vms.items.length > 0 ? (
          <VmTable vms={vms.items} withService={false} />
        ) : (
          <Card flush>
            <EmptyState icon="monitor" title={t("service.noMachines")} action={request}>
              {t("service.noMachinesExplanation")}
            </EmptyState>
          </Card>
        )}
        <Pagination {...pageLinks(`/services/${serviceId}`, search, vms.nextCursor)} />
      </Section>
    </>
  );
}

async function ManageService({ service }: { service: ServiceRow }) {
  const t = await getTranslations("systems");
  return (
    <>
      <DescriptionDialog
        action={updateServiceAction}
        hidden={{ serviceId: service.id }}
        description={service.description}
      />
      <ConfirmAction
        trigger={<Button>{t("detail.delete")}</Button>}
        title={t("detail.deleteTitle", { name: service.name })}
        description={t("detail.deleteServiceText")}
        confirmLabel={t("detail.delete")}
        action={deleteServiceAction}
        hidden={{ serviceId: service.id, confirm: "true" }}
        tone="danger"
      />
    </>
  );
}
