import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { AddressCard } from "@/components/providers/address-card";
import { ConnectionForm } from "@/components/providers/connection-form";
import { GeneralCard } from "@/components/providers/general-card";
import { ProviderFrame } from "@/components/providers/provider-frame";
import { NextStep } from "@/components/providers/step-navigation";
import { readProviderPage } from "../read-provider-page";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("providers.list");
  return { title: t("title") };
}

export default async function ProviderPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderConnection(ctx, id));
}

async function renderConnection(ctx: PersonContext, id: string) {
  const { provider, fields, hasDirectory, may } = await readProviderPage(ctx, id);
  return (
    <ProviderFrame provider={provider} may={may} hasDirectory={hasDirectory} step="connection">
      <div className="grid min-w-0 items-start gap-5 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <ConnectionForm
          type={provider.authType}
          fields={fields}
          provider={provider}
          mayChange={may.update}
          mayTest={may.configure}
        />
        <div className="grid min-w-0 gap-4">
          <AddressCard ours={provider.ours} />
          <GeneralCard key={provider.version} provider={provider} mayChange={may.update} />
        </div>
      </div>
      <NextStep providerId={provider.id} step="people" />
    </ProviderFrame>
  );
}
