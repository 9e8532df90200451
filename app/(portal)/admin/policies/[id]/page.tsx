import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { updatePolicyAction } from "@/app/actions/policies";
import { PolicyActions } from "@/components/policies/policy-actions";
import { EffectBadge, PolicyStateBadge } from "@/components/policies/policy-badges";
import { draftOf } from "@/components/policies/policy-draft";
import { PolicyForm } from "@/components/policies/policy-form";
import { PolicyNotices } from "@/components/policies/policy-notices";
import { LinkButton } from "@/components/ui/link-button";
import { PageHeader } from "@/components/ui/page-header";
import { readPolicy, readPolicyOptions } from "@/lib/requests/policies/queries";
import type { PolicyListRow } from "@/lib/requests/policies/schema";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("policies");
  return { title: t("one") };
}

export default async function PolicyPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderPolicy(ctx, id));
}

async function renderPolicy(ctx: PersonContext, policyId: string) {
  const t = await getTranslations("policies");
  const [policy, options] = await Promise.all([readPolicy(ctx, policyId), readPolicyOptions(ctx)]);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: t("title"), href: "/admin/policies" }, { label: policy.name }]}
        title={policy.name}
        badges={
          <>
            <EffectBadge effect={policy.effect} />
            <PolicyStateBadge state={policy.state} look="boxed" />
          </>
        }
        actions={await renderActions(policy)}
      />
      <PolicyNotices policy={policy} />
      <PolicyForm
        // What somebody else saved meanwhile replaces what stands in the inputs.
        key={policy.revision}
        action={updatePolicyAction}
        options={options}
        initial={draftOf(policy)}
        description={policy.description}
        hidden={{ policyId: policy.id, revision: String(policy.revision) }}
        replacesId={policy.replacesId ?? (policy.state === "active" ? policy.id : null)}
        kind="edit"
        isNameFixed={policy.isDefault || policy.replacesId !== null}
        isActive={policy.state === "active"}
        cancelHref="/admin/policies"
      />
    </>
  );
}

async function renderActions(policy: PolicyListRow) {
  const t = await getTranslations("policies.actions");
  const isWaiting = policy.state === "draft" || policy.state === "shadow";
  return (
    <>
      {isWaiting && <LinkButton href={`/admin/policies/replays?put=${policy.id}`}>{t("replay")}</LinkButton>}
      <PolicyActions policy={policy} />
    </>
  );
}
