import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TimeAgo } from "@/components/ui/time-ago";
import type { InterfaceRow } from "@/lib/vms/hardware/schema";

type NetworkListProps = { interfaces: readonly InterfaceRow[]; readAt: Date | null };

/** Each way the machine has to the network; what only its guest knows comes last. */
export function NetworkList({ interfaces, readAt }: NetworkListProps) {
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      {interfaces.map((one, index) => (
        <InterfaceCard key={one.name ?? `guest-${index}`} one={one} readAt={readAt} />
      ))}
    </div>
  );
}

function InterfaceCard({ one, readAt }: { one: InterfaceRow; readAt: Date | null }) {
  const t = useTranslations("vms.network");
  return (
    <Card
      title={
        <span className="inline-flex flex-wrap items-center gap-2">
          <span className="font-mono">{one.name ?? one.deviceName ?? t("unnamed")}</span>
          {one.name === null && <Badge>{t("guestOnly")}</Badge>}
          {one.linkState !== null && (
            <Badge tone={one.linkState === "up" ? "success" : "warning"}>
              {t(one.linkState === "up" ? "linkUp" : "linkDown")}
            </Badge>
          )}
        </span>
      }
      footer={
        one.binding !== null && t.has(`binding.${one.binding}`) ? t(`binding.${one.binding}`) : undefined
      }
    >
      <DescriptionList>
        <Description term={t("fact.addresses")}>
          <Addresses one={one} readAt={readAt} />
        </Description>
        <Description term={t("fact.mac")}>
          {one.mac === null ? (
            <Unknown />
          ) : (
            <span className="inline-flex flex-wrap items-center gap-x-2">
              <Copyable text={one.mac} />
              <span className="text-xs text-ink-faint">{t(one.isFixedMac ? "macFixed" : "macGiven")}</span>
            </span>
          )}
        </Description>
        {one.name !== null && (
          <>
            <Description term={t("fact.network")}>
              {one.networkName === null ? (
                t(`networkKind.${one.network}`)
              ) : (
                <Copyable text={one.networkName} className="max-w-full" />
              )}
            </Description>
            <Description term={t("fact.binding")}>{one.binding ?? <Unknown />}</Description>
            <Description term={t("fact.model")}>{one.model ?? t("modelDefault")}</Description>
          </>
        )}
        {one.deviceName !== null && (
          <Description term={t("fact.device")}>
            <span className="font-mono text-[0.92em]">{one.deviceName}</span>
          </Description>
        )}
      </DescriptionList>
    </Card>
  );
}

function Addresses({ one, readAt }: { one: InterfaceRow; readAt: Date | null }) {
  const t = useTranslations("vms.network");
  if (one.addresses.length === 0) return <span className="text-ink-faint">{t("noAddress")}</span>;
  const words = (one.source ?? "").split(",").map((word) => word.trim());
  const sources = words.flatMap((word) => (t.has(`source.${word}`) ? [t(`source.${word}`)] : word || []));
  return (
    <div className="grid gap-0.5">
      {one.addresses.map((address) => (
        <Copyable key={address} text={address} />
      ))}
      <span className="text-xs text-ink-faint">
        {sources.length > 0 && `${t("toldBy", { source: sources.join(", ") })} `}
        {readAt !== null && <TimeAgo at={readAt} />}
      </span>
    </div>
  );
}

function Unknown() {
  return <span className="text-ink-faint">–</span>;
}
