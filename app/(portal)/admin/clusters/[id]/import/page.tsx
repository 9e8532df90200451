import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { nextPageHref } from "@/app/_http/next-page";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ImportPage } from "@/components/adoption/import-page";
import { readCluster } from "@/lib/clusters/queries";
import { listImports, listServiceOptions, tryListMachines } from "@/lib/vms/adoption/queries";
import { machineFilter } from "@/lib/vms/adoption/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("adoption");
  return { title: t("import.title") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<SearchParameters>;
}

export default async function ImportMachinesPage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const [{ id }, search] = await Promise.all([params, searchParams]);
  return showPage(ctx, () => renderImport(ctx, id, search));
}

async function renderImport(ctx: PersonContext, clusterId: string, search: SearchParameters) {
  const filter = readSearch(machineFilter, search);
  const [cluster, listed, services, imports] = await Promise.all([
    readCluster(ctx, clusterId),
    tryListMachines(ctx, { ...filter, clusterId }),
    listServiceOptions(ctx),
    listImports(ctx, clusterId),
  ]);
  const next = listed.ok ? listed.page.nextCursor : null;
  return (
    <ImportPage
      cluster={cluster}
      listed={listed}
      services={services}
      imports={imports}
      filtered={Boolean(filter.q ?? filter.namespace ?? filter.cursor)}
      nextHref={nextPageHref(`/admin/clusters/${clusterId}/import`, search, next)}
    />
  );
}
