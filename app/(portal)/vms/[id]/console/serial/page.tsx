import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ConsoleTabs } from "@/components/console/console-tabs";
import { SerialView } from "@/components/console/serial-view";
import { PageInterests } from "@/components/shell/page-interests";
import { PageHeader } from "@/components/ui/page-header";
import { readConsolePreferences } from "@/lib/console/preferences/queries";
import { readConsoleAccess } from "@/lib/requests/read-console-access";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("console");
  return { title: t("serialTitle") };
}

export default async function SerialPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderSerial(ctx, id));
}

async function renderSerial(ctx: PersonContext, vmId: string) {
  const t = await getTranslations("console");
  const [access, preferences] = await Promise.all([
    readConsoleAccess(ctx, { vmId }),
    readConsolePreferences(ctx),
  ]);
  return (
    <>
      <PageInterests interests={[`vm:${vmId}`]} />
      <PageHeader
        breadcrumbs={[
          { label: t("machines"), href: "/vms" },
          { label: access.vmName, href: `/vms/${vmId}` },
          { label: t("serialTitle") },
        ]}
        title={t("serialOf", { name: access.vmName })}
        actions={<ConsoleTabs vmId={vmId} shown="serial" />}
      />
      <SerialView access={access} preferences={preferences} />
    </>
  );
}
