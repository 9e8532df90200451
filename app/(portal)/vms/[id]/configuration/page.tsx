import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { showPage } from "@/app/_http/show-page";
import { DriftCallout } from "@/components/modification/drift-callout";
import { ModifyLink } from "@/components/modification/modify-link";
import { Section } from "@/components/ui/section";
import { ConfigurationTable } from "@/components/vms/configuration-table";
import { FirstStart } from "@/components/vms/first-start";
import { HardwareAge } from "@/components/vms/hardware-age";
import { MadeOf } from "@/components/vms/made-of";
import { OwnLabels } from "@/components/vms/own-labels";
import { RestartNeeded } from "@/components/vms/restart-needed";
import { VmFrame } from "@/components/vms/vm-frame";
import { readConfiguration } from "@/lib/requests/configuration/queries";
import { readHardware } from "@/lib/vms/hardware/queries";
import { readLiveSpec } from "@/lib/vms/modification/queries";
import { readVm, readVmAbilities } from "@/lib/vms/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("vms");
  return { title: t("tabs.configuration") };
}

export default async function ConfigurationPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireContext();
  const { id } = await params;
  return showPage(ctx, () => renderConfiguration(ctx, id));
}

async function renderConfiguration(ctx: PersonContext, vmId: string) {
  const t = await getTranslations("vms.configuration");
  const vm = await readVm(ctx, vmId);
  const [abilities, configuration, live, view] = await Promise.all([
    readVmAbilities(ctx, vm),
    readConfiguration(ctx, vmId),
    readLiveSpec(ctx, vmId),
    readHardware(ctx, vmId),
  ]);
  return (
    <VmFrame vm={vm} abilities={abilities} tab="configuration" now={ctx.now}>
      <RestartNeeded vm={vm} isPermitted={abilities.operate} />
      <DriftCallout vmId={vm.id} live={live} isPermitted={abilities.modify} />
      <Section
        title={t("title")}
        description={t("description")}
        actions={
          <>
            <HardwareAge vmId={vm.id} readAt={view.readAt} isBehind={view.isBehind} />
            <ModifyLink vm={vm} isPermitted={abilities.modify} />
          </>
        }
      >
        <ConfigurationTable rows={configuration.rows} />
      </Section>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <MadeOf vm={vm} revision={configuration.revision} />
        <OwnLabels hardware={view.hardware} />
      </div>
      <FirstStart configuration={configuration} />
    </VmFrame>
  );
}
