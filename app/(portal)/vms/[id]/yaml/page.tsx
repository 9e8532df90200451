import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showDenied, showPage } from "@/app/_http/show-page";
import { readManifestAction } from "@/app/actions/vms";
import { VmFrame } from "@/components/vms/vm-frame";
import { VmManifest } from "@/components/vms/vm-manifest";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vms");
  return { title: t("tabs.yaml") };
}

export default async function YamlPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderManifest(ctx, id));
}

async function renderManifest(ctx: PersonContext, vmId: string) {
  const vm = await readVm(ctx, vmId);
  const abilities = await readVmAbilities(ctx, vm);
  if (!abilities.administer) return showDenied(ctx, "platform:admin");
  return (
    <VmFrame vm={vm} abilities={abilities} tab="yaml" now={ctx.now}>
      <VmManifest vm={{ id: vm.id, name: vm.name }} readManifest={readManifestAction} />
    </VmFrame>
  );
}
