import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ConsoleView } from "@/components/console/console-view";
import { PageHeader } from "@/components/ui/page-header";
import { readConsoleAccess } from "@/lib/requests/read-console-access";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("console");
  return { title: t("title") };
}

export default async function ConsolePage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderConsole(ctx, id));
}

async function renderConsole(ctx: PersonContext, vmId: string) {
  const t = await getTranslations("console");
  const access = await readConsoleAccess(ctx, { vmId });
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: t("machines"), href: "/vms" },
          { label: access.vmName, href: `/vms/${vmId}` },
          { label: t("title") },
        ]}
        title={t("titleOf", { name: access.vmName })}
      />
      <ConsoleView access={access} />
    </>
  );
}
