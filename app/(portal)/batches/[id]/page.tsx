import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { BatchActions } from "@/components/batches/batch-actions";
import { BatchChildren } from "@/components/batches/batch-children";
import { BatchProgress } from "@/components/batches/batch-progress";
import { BatchStatus } from "@/components/batches/batch-status";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { PageHeader } from "@/components/ui/page-header";
import { TimeAgo } from "@/components/ui/time-ago";
import { readBatch } from "@/lib/batches/queries";
import type { BatchDetail } from "@/lib/batches/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("batches");
  return { title: t("detail.title") };
}

export default async function BatchPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, async () => <BatchView batch={await readBatch(ctx, id)} />);
}

async function BatchView({ batch }: { batch: BatchDetail }) {
  const t = await getTranslations("batches");
  const isWhole = batch.children.length === batch.childCount;
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("list.title"), href: "/batches" }, { label: t("detail.title") }]}
        title={t(`title.${batch.operation}`, { count: batch.childCount })}
        badges={<BatchStatus status={batch.status} />}
        description={t(`detail.explanation.${batch.status}`)}
        actions={<BatchActions batch={batch} />}
      />
      <Card>
        <div className="grid gap-4 lg:grid-cols-2 lg:gap-8">
          <BatchProgress batch={batch} />
          <DescriptionList>
            <Description term={t("detail.requester")}>{batch.createdByName}</Description>
            <Description term={t("detail.reason")}>{batch.reason || t("detail.none")}</Description>
            <Description term={t("detail.asked")}>
              <TimeAgo at={batch.createdAt} />
            </Description>
            {batch.finishedAt && (
              <Description term={t("detail.ended")}>
                <TimeAgo at={batch.finishedAt} />
              </Description>
            )}
          </DescriptionList>
        </div>
      </Card>
      {!isWhole && <p className="text-sm text-ink-muted">{t("detail.partial")}</p>}
      <BatchChildren items={batch.children} />
    </>
  );
}
