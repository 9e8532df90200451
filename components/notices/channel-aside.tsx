import { useTranslations } from "next-intl";
import { deleteChannelAction, testChannelAction } from "@/app/actions/notices";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { ExactTime } from "@/components/ui/exact-time";
import type { ChannelRow } from "@/lib/notifications/channels/schema";
import { RotateSecret } from "./rotate-secret";
import { TestButton } from "./test-button";

/** What can be done with a channel besides its settings. */
export function ChannelAside({ channel }: { channel: ChannelRow }) {
  const t = useTranslations("notices");
  const until = channel.formerKeyUntil;
  return (
    <div className="grid min-w-0 gap-4">
      <Card title={t("channel.test")} description={t("channel.testText")}>
        <TestButton
          action={testChannelAction}
          label={t("channel.sendTest")}
          hidden={{ channelId: channel.id }}
        />
      </Card>
      <Card title={t("channel.facts")}>
        <DescriptionList>
          <Description term={t("channel.medium")}>{t(`medium.${channel.medium}`)}</Description>
          <Description term={t("channel.address")}>
            <span className="font-mono text-xs">{channel.addressHint}</span>
          </Description>
          {channel.signingKeySet && (
            <Description term={t("channel.secret")}>
              {until
                ? t.rich("channel.formerUntil", { time: () => <ExactTime at={until} style="short" /> })
                : t("channel.keySet")}
            </Description>
          )}
        </DescriptionList>
        {channel.medium === "webhook" && (
          <p className="mt-3 text-xs text-ink-muted">{t("channel.signatureText")}</p>
        )}
        <div className="mt-4 flex flex-wrap gap-2">
          {channel.medium === "webhook" && <RotateSecret channelId={channel.id} />}
          <ConfirmAction
            trigger={<Button variant="danger">{t("channel.delete")}</Button>}
            title={t("channel.deleteTitle", { name: channel.name })}
            description={t("channel.deleteText")}
            confirmLabel={t("channel.delete")}
            tone="danger"
            action={deleteChannelAction}
            hidden={{ channelId: channel.id }}
          />
        </div>
      </Card>
    </div>
  );
}
