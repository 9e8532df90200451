import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import type { VmDetail } from "@/lib/vms/schema";

type MadeOfProps = { vm: VmDetail; revision: number };

/** Template, size and the way to what the machine has been. */
export function MadeOf({ vm, revision }: MadeOfProps) {
  const t = useTranslations("vms");
  const none = t(vm.origin === "request" ? "fact.removed" : "fact.notFromTemplate");
  return (
    <Card title={t("configuration.madeOf")}>
      <DescriptionList>
        <Description term={t("fact.template")}>
          {vm.templateName ?? <span className="text-ink-faint">{none}</span>}{" "}
          {vm.templateVersion !== null && (
            <span className="text-ink-faint">{t("fact.version", { version: vm.templateVersion })}</span>
          )}
        </Description>
        <Description term={t("fact.size")}>
          {vm.sizeName ?? <span className="text-ink-faint">–</span>}
        </Description>
        <Description term={t("fact.storageClass")}>
          {vm.storageClass ?? (vm.origin === "request" ? t("fact.defaultClass") : "–")}
        </Description>
        <Description term={t("configuration.revision")}>
          {revision === 0 ? (
            <span className="text-ink-faint">–</span>
          ) : (
            <TextLink href={`/vms/${vm.id}/revisions`}>
              {t("configuration.revisionOf", { revision })}
            </TextLink>
          )}
        </Description>
      </DescriptionList>
    </Card>
  );
}
