import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import { DiskTable } from "@/components/vms/disk-table";
import { HardwareAge } from "@/components/vms/hardware-age";
import { ImportProgress } from "@/components/vms/import-progress";
import { VmFrame } from "@/components/vms/vm-frame";
import { readGuest } from "@/lib/vms/guest/queries";
import { readHardware } from "@/lib/vms/hardware/queries";
import { isFitting } from "@/lib/vms/machine";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vms");
  return { title: t("tabs.disks") };
}

export default async function DisksPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderDisks(ctx, id));
}

async function renderDisks(ctx: PersonContext, vmId: string) {
  const t = await getTranslations("vms");
  const vm = await readVm(ctx, vmId);
  const [abilities, view, guest] = await Promise.all([
    readVmAbilities(ctx, vm),
    readHardware(ctx, vmId),
    readGuest(ctx, vmId),
  ]);
  const { hardware } = view;
  return (
    <VmFrame vm={vm} abilities={abilities} tab="disks" now={ctx.now}>
      {vm.importProgress !== null && (
        <Callout role="status">
          <ImportProgress progress={vm.importProgress} />
        </Callout>
      )}
      <Section
        title={t("disks.title")}
        description={t("disks.description")}
        actions={<HardwareAge vmId={vm.id} readAt={view.readAt} isBehind={view.isBehind} />}
      >
        {hardware === null || hardware.disks.length === 0 ? (
          <EmptyState icon="disk" title={t(hardware === null ? "hardware.unread" : "disks.none")}>
            {hardware === null && t(view.isBehind ? "hardware.unreadText" : "hardware.absentText")}
          </EmptyState>
        ) : (
          <DiskTable
            vmId={vm.id}
            disks={hardware.disks}
            filesystems={guest.facts?.filesystems ?? null}
            growth={{ isPermitted: abilities.modify, isFitting: isFitting(vm.status, "MODIFY_VM") }}
          />
        )}
      </Section>
    </VmFrame>
  );
}
