import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { showDenied } from "@/app/_http/show-page";
import { AccessHelp } from "@/components/clusters/access-help";
import { RegisterClusterForm } from "@/components/clusters/register-cluster-form";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { listEnvironments, listOwnPermissions } from "@/lib/access/queries";
import { serviceAccountManifest } from "@/lib/adapters/kubevirt/service-account-manifest";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("clusters");
  return { title: t("register.title") };
}

export default async function RegisterClusterPage() {
  const ctx = await requireContext();
  const [t, permissions, environments] = await Promise.all([
    getTranslations("clusters"),
    listOwnPermissions(ctx),
    listEnvironments(),
  ]);
  if (!permissions.includes("cluster:write") && !permissions.includes("platform:admin")) {
    return showDenied(ctx, "cluster:write");
  }
  return (
    <div className="grid min-w-0 gap-5">
      <PageHeader
        title={t("register.title")}
        description={t("register.description")}
        breadcrumbs={[{ label: t("list.title"), href: "/admin/clusters" }, { label: t("register.title") }]}
      />
      <div className="grid min-w-0 items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Card>
          <RegisterClusterForm environments={environments} />
        </Card>
        <AccessHelp manifest={serviceAccountManifest()} />
      </div>
    </div>
  );
}
