import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { MetricsPage } from "@/components/guest/metrics-page";
import { VmFrame } from "@/components/vms/vm-frame";
import { readMetrics } from "@/lib/vms/metrics/queries";
import { metricsFilter } from "@/lib/vms/metrics/schema";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

type Properties = { params: Promise<{ id: string }>; searchParams: Promise<SearchParameters> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("guest");
  return { title: t("metrics.title") };
}

export default async function VmMetricsPage({ params, searchParams }: Properties) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = await searchParams;
  return showPage(ctx, () => renderMetrics(ctx, id, search));
}

async function renderMetrics(ctx: PersonContext, vmId: string, search: SearchParameters) {
  const { range } = readSearch(metricsFilter, search);
  const vm = await readVm(ctx, vmId);
  const [abilities, metrics] = await Promise.all([
    readVmAbilities(ctx, vm),
    readMetrics(ctx, { vmId, range }),
  ]);
  return (
    <VmFrame vm={vm} abilities={abilities} tab="metrics" now={ctx.now}>
      <MetricsPage metrics={metrics} />
    </VmFrame>
  );
}
