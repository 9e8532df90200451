import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { createPolicyAction } from "@/app/actions/policies";
import { draftOf, newDraft } from "@/components/policies/policy-draft";
import { PolicyForm } from "@/components/policies/policy-form";
import { PageHeader } from "@/components/ui/page-header";
import { readPolicy, readPolicyOptions } from "@/lib/requests/policies/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies.form");
  return { title: t("newTitle") };
}

interface PageProps {
  searchParams: Promise<{ from?: string | string[] }>;
}

export default async function NewPolicyPage({ searchParams }: PageProps) {
  const ctx = await requireContext();
  const { from } = await searchParams;
  return showPage(ctx, () => renderNewPolicy(ctx, typeof from === "string" ? from : null));
}

/** A rule of its own, or a draft of what the rule named in the address could become. */
async function renderNewPolicy(ctx: PersonContext, from: string | null) {
  const t = await getTranslations("policies");
  const [options, original] = await Promise.all([
    readPolicyOptions(ctx),
    from === null ? null : readPolicy(ctx, from),
  ]);
  const title = original ? t("form.draftTitle", { name: original.name }) : t("form.newTitle");
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/admin/policies" }, { label: title }]}
        title={title}
        description={t(original ? "form.draftText" : "form.newText")}
      />
      <PolicyForm
        action={createPolicyAction}
        options={options}
        initial={original ? draftOf(original) : newDraft}
        description={original?.description ?? ""}
        {...(original ? { hidden: { replacesId: original.id } } : {})}
        replacesId={original?.id ?? null}
        kind={original ? "draft" : "new"}
        isNameFixed={original !== null}
        isActive={false}
        cancelHref={original ? `/admin/policies/${original.id}` : "/admin/policies"}
      />
    </>
  );
}
