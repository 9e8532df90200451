import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { Hardware } from "@/lib/vms/hardware/schema";
import type { VmDetail } from "@/lib/vms/schema";

const fqdnKey = "kubevirt-shepherd.io/fqdn";

/** What the machine is called on the network. */
export function NetworkNames({ vm, hardware }: { vm: VmDetail; hardware: Hardware | null }) {
  const t = useTranslations("vms.network");
  const fqdn = hardware?.annotations[fqdnKey];
  return (
    <Card title={t("names")} footer={fqdn === undefined ? undefined : t("fqdnHint")}>
      <DescriptionList>
        <Description term={t("fact.hostname")}>
          <Copyable text={vm.hostname} className="max-w-full" />
        </Description>
        {fqdn !== undefined && (
          <Description term={t("fact.fqdn")}>
            <Copyable text={fqdn} className="max-w-full" />
          </Description>
        )}
        <Description term={t("fact.address")}>
          {vm.ip === null ? (
            <span className="text-ink-faint">{t("noAddress")}</span>
          ) : (
            <Copyable text={vm.ip} />
          )}
        </Description>
      </DescriptionList>
    </Card>
  );
}
