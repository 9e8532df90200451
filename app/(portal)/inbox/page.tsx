import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { markAllReadAction } from "@/app/actions/notifications";
import { InboxDays } from "@/components/inbox/inbox-days";
import { pageLinks } from "@/components/requests/page-links";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SubmitButton } from "@/components/ui/submit-button";
import { listNotifications } from "@/lib/notifications/queries";
import { readPreferences } from "@/lib/notifications/preferences/queries";
import { notificationFilter } from "@/lib/notifications/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("inbox");
  return { title: t("title") };
}

export default async function InboxPage({ searchParams }: { searchParams: Promise<SearchParameters> }) {
  const ctx = await requireContext();
  const search = await searchParams;
  const t = await getTranslations("inbox");
  const filter = readSearch(notificationFilter, search);
  const [page, { timeZone }] = await Promise.all([listNotifications(ctx, filter), readPreferences(ctx)]);
  const isFiltered = filter.unread === true || filter.kind !== undefined;
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <LinkButton href="/profile/notices">{t("choose")}</LinkButton>
            <ActionForm action={markAllReadAction}>
              <SubmitButton variant="secondary">{t("markAll")}</SubmitButton>
            </ActionForm>
          </>
        }
      />
      <InboxFilters />
      {page.items.length === 0 ? (
        <Card flush>
          <EmptyState icon="inbox" title={isFiltered ? t("filteredEmpty") : t("empty")}>
            {isFiltered ? null : t("emptyExplanation")}
          </EmptyState>
        </Card>
      ) : (
        <InboxDays entries={page.items} timeZone={timeZone} now={ctx.now} />
      )}
      <Pagination {...pageLinks("/inbox", search, page.nextCursor)} />
    </>
  );
}

async function InboxFilters() {
  const [t, notices] = await Promise.all([getTranslations("inbox"), getTranslations("notices")]);
  const kinds = notificationFilter.shape.kind.unwrap().options;
  return (
    <FilterBar
      filters={[
        {
          name: "unread",
          label: t("filter.unread"),
          options: [{ value: "true", label: t("filter.onlyUnread") }],
        },
        {
          name: "kind",
          label: t("filter.kind"),
          options: kinds.map((value) => ({ value, label: notices(`kind.${value}`) })),
        },
      ]}
    />
  );
}
