import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { readSearch, type SearchParameters } from "@/app/_http/read-search";
import { markAllReadAction } from "@/app/actions/notifications";
import { InboxEntry } from "@/components/inbox/inbox-entry";
import { pageLinks } from "@/components/requests/page-links";
import { ActionForm } from "@/components/ui/action-form";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SubmitButton } from "@/components/ui/submit-button";
import { listNotifications } from "@/lib/notifications/queries";
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
  const page = await listNotifications(ctx, filter);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <LinkButton href={filter.unread ? "/inbox" : "/inbox?unread=true"}>
              {filter.unread ? t("all") : t("unreadOnly")}
            </LinkButton>
            <ActionForm action={markAllReadAction}>
              <SubmitButton variant="secondary">{t("markAll")}</SubmitButton>
            </ActionForm>
          </>
        }
      />
      <Card flush>
        {page.items.length === 0 ? (
          <EmptyState icon="inbox" title={t("empty")}>
            {t("emptyExplanation")}
          </EmptyState>
        ) : (
          <ul className="divide-y">
            {page.items.map((entry) => (
              <InboxEntry key={entry.id} entry={entry} />
            ))}
          </ul>
        )}
      </Card>
      <Pagination {...pageLinks("/inbox", search, page.nextCursor)} />
    </>
  );
}
