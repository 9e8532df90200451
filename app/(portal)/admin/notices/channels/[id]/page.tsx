import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { showPage } from "@/app/_http/show-page";
import { ChannelAside } from "@/components/notices/channel-aside";
import { EditChannel } from "@/components/notices/channel-form";
import { ChannelState } from "@/components/notices/channel-table";
import { DeliveryTable } from "@/components/notices/delivery-table";
import { pageLinks } from "@/components/requests/page-links";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { readChannel, readChannelChoices } from "@/lib/notifications/channels/queries";
import { listDeliveries } from "@/lib/notifications/deliveries/queries";
import { deliveryFilter } from "@/lib/notifications/deliveries/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.channels");
  return { title: t("title") };
}

type ChannelPageProps = { params: Promise<{ id: string }>; searchParams: Promise<SearchParameters> };

export default async function ChannelPage({ params, searchParams }: ChannelPageProps) {
  const ctx = await requireContext();
  const [{ id }, search] = await Promise.all([params, searchParams]);
  return showPage(ctx, () => renderChannel(ctx, id, search));
}

async function renderChannel(ctx: PersonContext, id: string, search: SearchParameters) {
  const filter = { ...readSearch(deliveryFilter, search), channelId: id };
  const [t, channel, choices, log] = await Promise.all([
    getTranslations("notices"),
    readChannel(ctx, id),
    readChannelChoices(ctx),
    listDeliveries(ctx, filter),
  ]);
  return (
    <>
      <PageHeader
        title={channel.name}
        badges={<ChannelState channel={channel} />}
        breadcrumbs={[{ label: t("page.title"), href: "/admin/notices" }, { label: channel.name }]}
      />
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Card title={t("channel.settings")}>
          <EditChannel key={channel.version} channel={channel} choices={choices} />
        </Card>
        <ChannelAside channel={channel} />
      </div>
      <Section title={t("delivery.title")}>
        {log.items.length === 0 ? (
          <Card flush>
            <EmptyState icon="scroll" title={t("delivery.empty")}>
              {t("delivery.emptyText")}
            </EmptyState>
          </Card>
        ) : (
          <DeliveryTable deliveries={log.items} />
        )}
        <Pagination {...pageLinks(`/admin/notices/channels/${id}`, search, log.nextCursor)} />
      </Section>
    </>
  );
}
