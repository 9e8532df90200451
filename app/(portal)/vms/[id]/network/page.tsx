import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { HardwareAge } from "@/components/vms/hardware-age";
import { NetworkList } from "@/components/vms/network-list";
import { NetworkNames } from "@/components/vms/network-names";
import { VmFrame } from "@/components/vms/vm-frame";
import { readHardware } from "@/lib/vms/hardware/queries";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vms");
  return { title: t("tabs.network") };
}

export default async function NetworkPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderNetwork(ctx, id));
}

async function renderNetwork(ctx: PersonContext, vmId: string) {
  const t = await getTranslations("vms");
  const vm = await readVm(ctx, vmId);
  const [abilities, view] = await Promise.all([readVmAbilities(ctx, vm), readHardware(ctx, vmId)]);
  const { hardware, readAt } = view;
  return (
    <VmFrame vm={vm} abilities={abilities} tab="network" now={ctx.now}>
      <Section
        title={t("network.title")}
        description={t("network.description")}
        actions={<HardwareAge vmId={vm.id} readAt={readAt} isBehind={view.isBehind} />}
      >
        {hardware === null || hardware.interfaces.length === 0 ? (
          <EmptyState icon="network" title={t(hardware === null ? "hardware.unread" : "network.none")}>
            {hardware === null && t(view.isBehind ? "hardware.unreadText" : "hardware.absentText")}
          </EmptyState>
        ) : (
          <NetworkList interfaces={hardware.interfaces} readAt={readAt} />
        )}
      </Section>
      <NetworkNames vm={vm} hardware={hardware} />
    </VmFrame>
  );
}
