import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { AddFreeze } from "@/components/calendar/freeze-dialogs";
import { FreezeTable } from "@/components/calendar/freeze-table";
import { AddWindow } from "@/components/calendar/window-dialogs";
import { WindowTable } from "@/components/calendar/window-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { listEnvironments } from "@/lib/access/queries";
import { listCalendarRules } from "@/lib/requests/calendar/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("calendar.admin");
  return { title: t("title") };
}

export default async function CalendarRulesPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderRules(ctx));
}

async function renderRules(ctx: PersonContext) {
  const t = await getTranslations("calendar.admin");
  const [{ windows, freezes }, environments] = await Promise.all([
    listCalendarRules(ctx),
    listEnvironments(),
  ]);
  const options = environments.map(({ name, displayName }) => ({ value: name, label: displayName }));
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Section title={t("windows")} actions={<AddWindow environments={options} />}>
        {windows.length > 0 ? (
          <WindowTable windows={windows} />
        ) : (
          <Card flush>
            <EmptyState icon="clock" title={t("noWindows")}>
              {t("noWindowsText")}
            </EmptyState>
          </Card>
        )}
      </Section>
      <Section title={t("freezes")} actions={<AddFreeze environments={options} />}>
        {freezes.length > 0 ? (
          <FreezeTable freezes={freezes} environments={options} />
        ) : (
          <Card flush>
            <EmptyState icon="clock" title={t("noFreezes")}>
              {t("noFreezesText")}
            </EmptyState>
          </Card>
        )}
      </Section>
    </>
  );
}
