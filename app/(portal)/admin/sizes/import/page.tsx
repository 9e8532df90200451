import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ImportForm } from "@/components/sizes/import-form";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Skeleton } from "@/components/ui/skeleton";
import { listOwnPermissions } from "@/lib/access/queries";
import { previewInstancetypes } from "@/lib/catalog/sizes/instancetypes/preview-instancetypes";
import { listClusters } from "@/lib/clusters/queries";
import { clusterFilter } from "@/lib/clusters/schema";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { platformAdmin } from "@/lib/vocabulary/permissions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sizes.import");
  return { title: t("title") };
}

interface PageProps {
  searchParams: Promise<{ cluster?: string | string[] }>;
}

export default async function ImportSizesPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const { cluster } = await searchParams;
  return showPage(ctx, () => renderImport(ctx, typeof cluster === "string" ? cluster : ""));
}

async function renderImport(ctx: PersonContext, clusterId: string) {
  const t = await getTranslations("sizes");
  const [own, { items: clusters }] = await Promise.all([
    listOwnPermissions(ctx),
    listClusters(ctx, clusterFilter.parse({ perPage: 100 })),
  ]);
  if (!own.includes("instance_size:write") && !own.includes(platformAdmin))
    throw new AppError("PERMISSION_DENIED", { permission: "instance_size:write" });
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/admin/sizes" }, { label: t("import.title") }]}
        title={t("import.title")}
        description={t("import.description")}
      />
      <FilterBar
        keep={[]}
        filters={[
          {
            name: "cluster",
            label: t("import.cluster"),
            options: clusters.map(({ id, displayName }) => ({ value: id, label: displayName })),
          },
        ]}
      />
      {clusterId === "" ? (
        <Card flush>
          <EmptyState icon="server" title={t("import.choosePlace")}>
            {t("import.choosePlaceDetail")}
          </EmptyState>
        </Card>
      ) : (
        <Suspense key={clusterId} fallback={<Reading />}>
          <Proposals ctx={ctx} clusterId={clusterId} />
        </Suspense>
      )}
    </div>
  );
}

async function Reading() {
  const t = await getTranslations("sizes.import");
  return (
    <div role="status" aria-label={t("reading")} className="grid gap-2">
      {["one", "two", "three", "four"].map((row) => (
        <Skeleton key={row} className="h-14 w-full rounded-lg" />
      ))}
    </div>
  );
}

/** A worker asks the cluster; whatever keeps it from answering is said here and nowhere else. */
async function Proposals({ ctx, clusterId }: { ctx: Context; clusterId: string }) {
  const t = await getTranslations("sizes.import");
  const asked = await askCluster(ctx, clusterId);
  if ("refusal" in asked) {
    const errors = await getTranslations("errors");
    const { code, params } = asked.refusal;
    return (
      <Callout
        tone="danger"
        role="alert"
        title={t("unanswered")}
        actions={
          <LinkButton href={`/admin/sizes/import?cluster=${encodeURIComponent(clusterId)}`}>
            {t("again")}
          </LinkButton>
        }
      >
        {errors.has(code) ? errors(code, textParams(params)) : code}
      </Callout>
    );
  }
  const { preview } = asked;
  if (!preview.supported || preview.sizes.length === 0) {
    return (
      <Card flush>
        <EmptyState
          icon="cpu"
          title={t(preview.supported ? "none" : "unsupported", { name: preview.cluster.displayName })}
        >
          {t("noneDetail")}
        </EmptyState>
      </Card>
    );
  }
  return <ImportForm preview={preview} />;
}

async function askCluster(ctx: Context, clusterId: string) {
  try {
    return { preview: await previewInstancetypes(ctx, { clusterId }) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { refusal: error };
  }
}

function textParams(params: Record<string, unknown>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === "number" ? value : String(value)]),
  );
}
