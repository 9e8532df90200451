import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ConsoleView } from "@/components/console/console-view";
import { WindowHeading } from "@/components/console/window-heading";
import { PageInterests } from "@/components/shell/page-interests";
import { readConsolePreferences } from "@/lib/console/preferences/queries";
import { readConsoleAccess } from "@/lib/requests/read-console-access";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("console");
  return { title: t("title") };
}

export default async function ConsoleWindow({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderConsole(ctx, id));
}

async function renderConsole(ctx: PersonContext, vmId: string) {
  const t = await getTranslations("console");
  const [access, preferences] = await Promise.all([
    readConsoleAccess(ctx, { vmId }),
    readConsolePreferences(ctx),
  ]);
  return (
    <>
      <PageInterests interests={[`vm:${vmId}`]} />
      <WindowHeading title={t("titleOf", { name: access.vmName })} />
      <ConsoleView access={access} preferences={preferences} isDetached />
    </>
  );
}
