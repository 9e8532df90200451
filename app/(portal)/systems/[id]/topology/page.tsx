import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { PageInterests } from "@/components/shell/page-interests";
import { SystemHeader } from "@/components/systems/system-header";
import { TopologySection, topologyViews } from "@/components/systems/topology-section";
import { readSystem } from "@/lib/systems/queries";
import { readTopology } from "@/lib/vms/topology/queries";

const choice = z.strictObject({ view: z.enum(topologyViews).default("picture") });

type Properties = { params: Promise<{ id: string }>; searchParams: Promise<SearchParameters> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("systems");
  return { title: t("topology.title") };
}

export default async function TopologyPage({ params, searchParams }: Properties) {
  const ctx = await requireContext();
  const { id } = await params;
  const search = readSearch(choice, await searchParams);
  return showPage(ctx, () => renderTopology(ctx, id, search));
}

async function renderTopology(ctx: PersonContext, systemId: string, { view }: z.output<typeof choice>) {
  const [system, topology] = await Promise.all([readSystem(ctx, systemId), readTopology(ctx, systemId)]);
  return (
    <>
      <PageInterests interests={[`vm@${systemId}`]} />
      <SystemHeader system={system} tab="topology" />
      <TopologySection system={system} topology={topology} view={view} />
    </>
  );
}
