import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { Hardware } from "@/lib/vms/hardware/schema";

/** What the portal has written on the machine in its cluster. */
export function OwnLabels({ hardware }: { hardware: Hardware | null }) {
  const t = useTranslations("vms.configuration");
  const rows = [...Object.entries(hardware?.labels ?? {}), ...Object.entries(hardware?.annotations ?? {})];
  return (
    <Card title={t("labels")} description={t("labelsText")}>
      {rows.length === 0 ? (
        <p className="text-sm text-ink-muted">{t("labelsNone")}</p>
      ) : (
        <DescriptionList>
          {rows.map(([key, value]) => (
            <Description
              key={key}
              term={<span className="font-mono text-xs break-all">{key.split("/").at(-1)}</span>}
            >
              <Copyable text={value} className="max-w-full" />
            </Description>
          ))}
        </DescriptionList>
      )}
    </Card>
  );
}
