import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { EnvironmentClasses } from "@/components/access/environment-classes";
import { CreateEnvironment } from "@/components/access/environment-dialogs";
import { EnvironmentTable } from "@/components/access/environment-table";
import { PageHeader } from "@/components/ui/page-header";
import { listEnvironmentLifetimes } from "@/lib/requests/lifetimes/queries";
import { listEnvironmentRecordings } from "@/lib/console/recordings/queries";
import { listEnvironmentUse } from "@/lib/access/environments/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("access.environments");
  return { title: t("title") };
}

export default async function EnvironmentsPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderEnvironments(ctx));
}

async function renderEnvironments(ctx: PersonContext) {
  const t = await getTranslations("access.environments");
  const [environments, lifetimes, recordings] = await Promise.all([
    listEnvironmentUse(ctx),
    listEnvironmentLifetimes(),
    listEnvironmentRecordings(),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} actions={<CreateEnvironment />} />
      <EnvironmentTable environments={environments} lifetimes={lifetimes} recordings={recordings} />
      <EnvironmentClasses />
    </>
  );
}
