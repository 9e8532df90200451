import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { AdoptionDecision } from "@/components/adoption/adoption-decision";
import { AdoptionFacts, AdoptionLabels } from "@/components/adoption/adoption-facts";
import { AdoptionStatus } from "@/components/adoption/adoption-status";
import { AdoptionWarnings } from "@/components/adoption/adoption-warnings";
import { YamlBlock } from "@/components/adoption/yaml-block";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { PageHeader } from "@/components/ui/page-header";
import { listServiceOptions, readAdoption } from "@/lib/vms/adoption/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("adoption");
  return { title: t("list.title") };
}

export default async function AdoptionPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderAdoption(ctx, id));
}

async function renderAdoption(ctx: PersonContext, id: string) {
  const adoption = await readAdoption(ctx, id);
  const [t, services] = await Promise.all([getTranslations("adoption"), listServiceOptions(ctx)]);
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/admin/adoptions" }, { label: adoption.resourceName }]}
        title={
          <Copyable text={adoption.resourceName} className="max-w-full">
            <span className="break-all whitespace-normal">{adoption.resourceName}</span>
          </Copyable>
        }
        badges={<AdoptionStatus status={adoption.status} />}
      />
      <div className="grid min-w-0 items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-5">
          <AdoptionWarnings adoption={adoption} />
          <AdoptionFacts adoption={adoption} />
          {adoption.yaml !== null && (
            <Card title={t("detail.manifest")} description={t("detail.manifestDetail")}>
              <YamlBlock code={adoption.yaml} label={t("detail.manifest")} />
            </Card>
          )}
        </div>
        <div className="grid min-w-0 gap-5">
          <AdoptionDecision adoption={adoption} services={services} />
          <AdoptionLabels labels={adoption.labels} />
        </div>
      </div>
    </div>
  );
}
