import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import type { DeskDetail } from "@/lib/requests/desks/schema";

/** What the other side has to be told to answer. */
export function CallbackCard({ desk }: { desk: DeskDetail }) {
  const t = useTranslations("desks.callback");
  return (
    <Card title={t("title")} description={t("description")}>
      <DescriptionList>
        <Description term={t("address")}>
          <Copyable text={desk.callbackUrl} className="break-all" />
        </Description>
        <Description term={t("header")}>
          <Copyable text={desk.id} className="break-all" />
        </Description>
        <Description term={t("signature")}>
          <span className="font-mono text-xs break-words">{t("signatureText")}</span>
        </Description>
      </DescriptionList>
    </Card>
  );
}
