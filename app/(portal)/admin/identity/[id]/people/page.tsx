import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { ProviderFrame } from "@/components/providers/provider-frame";
import { SampleSection } from "@/components/providers/sample-section";
import { NextStep } from "@/components/providers/step-navigation";
import { readSample } from "@/lib/identity/providers/mapping/queries";
import { readProviderPage } from "../../read-provider-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers.steps");
  return { title: t("people") };
}

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ error?: string | string[] }>;
}

export default async function ProviderPeoplePage({ params, searchParams }: PageProps) {
  const ctx = await requireContext();
  const { id } = await params;
  const { error } = await searchParams;
  return showPage(ctx, () => renderPeople(ctx, id, [error].flat()[0]));
}

async function renderPeople(ctx: PersonContext, id: string, error: string | undefined) {
  const [{ provider, hasDirectory, may }, sample] = await Promise.all([
    readProviderPage(ctx, id),
    readSample(ctx, { providerId: id }),
  ]);
  return (
    <ProviderFrame provider={provider} may={may} hasDirectory={hasDirectory} step="people" error={error}>
      <SampleSection provider={provider} sample={sample} hasDirectory={hasDirectory} />
      <NextStep providerId={provider.id} step="field" />
    </ProviderFrame>
  );
}
