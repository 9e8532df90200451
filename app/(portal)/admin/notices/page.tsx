import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ChannelTable } from "@/components/notices/channel-table";
import { NoticeTabs } from "@/components/notices/notice-tabs";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { listChannels } from "@/lib/notifications/channels/queries";
import { readMailServer } from "@/lib/notifications/mail/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.page");
  return { title: t("title") };
}

export default async function NoticesPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderChannels(ctx));
}

async function renderChannels(ctx: PersonContext) {
  const [t, channels, mail] = await Promise.all([
    getTranslations("notices"),
    listChannels(ctx),
    readMailServer(ctx),
  ]);
  const add = (
    <LinkButton href="/admin/notices/channels/new" variant="primary">
      {t("channels.add")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader title={t("page.title")} description={t("page.description")} actions={add} />
      <NoticeTabs />
      {!mail.enabled && (
        <Callout
          tone="info"
          title={t("mail.offTitle")}
          actions={<LinkButton href="/admin/notices/mail">{t("mail.setUp")}</LinkButton>}
        >
          {t("mail.offText")}
        </Callout>
      )}
      {channels.items.length === 0 ? (
        <Card flush>
          <EmptyState icon="plug" title={t("channels.empty")} action={add}>
            {t("channels.emptyText")}
          </EmptyState>
        </Card>
      ) : (
        <ChannelTable channels={channels.items} />
      )}
    </>
  );
}
