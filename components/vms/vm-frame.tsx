import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { VmActions } from "@/components/power/vm-actions";
import { PageInterests } from "@/components/shell/page-interests";
import { Callout } from "@/components/ui/callout";
import { Copyable } from "@/components/ui/copyable";
import { PageHeader } from "@/components/ui/page-header";
import type { readVmAbilities } from "@/lib/vms/queries";
import type { VmDetail } from "@/lib/vms/schema";
import { VmBadges } from "./vm-badges";
import { VmTabs, type VmTab } from "./vm-tabs";

type VmAbilities = Awaited<ReturnType<typeof readVmAbilities>>;

interface VmFrameProps {
  vm: VmDetail;
  abilities: VmAbilities;
  tab: VmTab;
  now: Date;
  children: ReactNode;
}

/** The top of every page of a machine: what it is called, how it is, what can be done, and its other pages. */
export function VmFrame({ vm, abilities, tab, now, children }: VmFrameProps) {
  const t = useTranslations("vms");
  const without: VmTab[] = [
    ...(abilities.console ? [] : ["console" as const]),
    ...(abilities.administer ? [] : ["yaml" as const]),
  ];
  const crumbs = [{ label: t("list.title"), href: "/vms" }];
  return (
    <>
      <PageInterests interests={[`vm:${vm.id}`]} />
      <div className="grid min-w-0 gap-4">
        <PageHeader
          breadcrumbs={
            tab === "overview"
              ? [...crumbs, { label: vm.name }]
              : [...crumbs, { label: vm.name, href: `/vms/${vm.id}` }, { label: t(`tabs.${tab}`) }]
          }
          title={
            <Copyable text={vm.name} className="max-w-full">
              <span className="break-all whitespace-normal">{vm.name}</span>
            </Copyable>
          }
          badges={<VmBadges vm={vm} now={now} />}
          actions={<VmActions vm={vm} abilities={abilities} />}
        />
        <VmTabs vmId={vm.id} current={tab} without={without} />
      </div>
      {vm.clusterStale && <Callout tone="warning">{t("detail.stale")}</Callout>}
      {children}
    </>
  );
}
