import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { PolicyTester } from "@/components/policies/policy-tester";
import { PageHeader } from "@/components/ui/page-header";
import { readPolicyOptions } from "@/lib/requests/policies/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies.tester");
  return { title: t("title") };
}

export default async function PolicyTesterPage() {
  const ctx = await requireContext();
  return showPage(ctx, () => renderTester(ctx));
}

async function renderTester(ctx: PersonContext) {
  const t = await getTranslations("policies");
  const options = await readPolicyOptions(ctx);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/admin/policies" }, { label: t("tester.title") }]}
        title={t("tester.title")}
        description={t("tester.description")}
      />
      <PolicyTester options={options} username={ctx.actor.username} />
    </>
  );
}
