import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { PreferenceForm } from "@/components/notices/preference-form";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { readPreferences } from "@/lib/notifications/preferences/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("notices.preferences");
  return { title: t("title") };
}

export default async function NoticePreferencesPage() {
  const ctx = await requireContext();
  const [t, preferences] = await Promise.all([getTranslations("notices.preferences"), readPreferences(ctx)]);
  const timeZones = [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone"), preferences.timeZone])];
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {!preferences.isMailOn && <Callout tone="info">{t("mailOff")}</Callout>}
      {preferences.isMailOn && preferences.address === null && (
        <Callout tone="warning">{t("noAddress")}</Callout>
      )}
      {preferences.isMailOn && preferences.address !== null && (
        <p className="text-sm text-ink-muted">{t("address", { address: preferences.address })}</p>
      )}
      <PreferenceForm preferences={preferences} timeZones={timeZones} />
    </>
  );
}
