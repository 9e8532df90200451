import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ClaimsForm } from "@/components/providers/claims-form";
import { ProviderFrame } from "@/components/providers/provider-frame";
import { NextStep } from "@/components/providers/step-navigation";
import { readSample } from "@/lib/identity/providers/mapping/queries";
import { readProviderPage } from "../../read-provider-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers.steps");
  return { title: t("field") };
}

export default async function ProviderFieldPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderField(ctx, id));
}

async function renderField(ctx: PersonContext, id: string) {
  const [{ provider, hasDirectory, may }, sample] = await Promise.all([
    readProviderPage(ctx, id),
    readSample(ctx, { providerId: id }),
  ]);
  return (
    <ProviderFrame provider={provider} may={may} hasDirectory={hasDirectory} step="field">
      <ClaimsForm provider={provider} sample={sample} mayChange={may.update} />
      <NextStep providerId={provider.id} step="values" />
    </ProviderFrame>
  );
}
