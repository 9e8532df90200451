import { useFormatter, useTranslations } from "next-intl";
import { protectVmAction } from "@/app/actions/lifetimes";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { ConfirmByName } from "@/components/ui/confirm-by-name";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { LifetimeView } from "@/lib/requests/lifetimes/schema";
import { ExtendLife } from "./extend-life";
import { ProtectMachine } from "./protect-machine";
import { ScheduleFacts } from "./schedule-facts";

/** How long the machine lives, whether it can be deleted, and when it starts and stops by itself. */
export function LifetimeCard({ life, now }: { life: LifetimeView; now: Date }) {
  const t = useTranslations("lifetimes");
  return (
    <Card title={t("title")}>
      <div className="grid gap-4">
        {life.waiting.map(({ ticketId, operation }) => (
          <Callout key={ticketId} actions={<TextLink href={`/requests/${ticketId}`}>{t("open")}</TextLink>}>
            {t(`waiting.${operation}`)}
          </Callout>
        ))}
        <EndedNote life={life} />
        <DescriptionList>
          <Description term={t(life.expiresAt !== null && life.expiresAt <= now ? "expired" : "expires")}>
            <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
              {life.expiresAt === null ? t("noEnd") : <TimeAgo at={life.expiresAt} />}
              {life.canOperate && <ExtendLife life={life} />}
            </span>
          </Description>
          <Description term={t("protection")}>
            <span className="flex flex-wrap items-center gap-x-3 gap-y-2">
              <Badge tone={life.protected ? "success" : "neutral"}>
                {t(life.protected ? "protected" : "unprotected")}
              </Badge>
              {life.canProtect && <ProtectionSwitch life={life} />}
            </span>
          </Description>
          <Description term={t("schedule")}>
            <ScheduleFacts life={life} now={now} />
          </Description>
        </DescriptionList>
      </div>
    </Card>
  );
}

function EndedNote({ life }: { life: LifetimeView }) {
  const t = useTranslations("lifetimes");
  const format = useFormatter();
  if (life.state !== "grace" && life.state !== "deleting") return null;
  if (life.protected) return <Callout tone="warning">{t("state.kept")}</Callout>;
  const when = life.graceEndsAt === null ? "" : format.relativeTime(life.graceEndsAt);
  return <Callout tone="warning">{t(`state.${life.state}`, { when })}</Callout>;
}

function ProtectionSwitch({ life }: { life: LifetimeView }) {
  const t = useTranslations("lifetimes");
  if (!life.protected) return <ProtectMachine vmId={life.vmId} />;
  return (
    <ConfirmByName
      name={life.vmName}
      title={t("unprotectTitle", { vm: life.vmName })}
      description={t("unprotectText")}
      confirmLabel={t("unprotect")}
      action={protectVmAction}
      hidden={{ vmId: life.vmId, protected: "false" }}
      successMessage={t("unprotectedNow")}
      trigger={
        <Button variant="ghost" size="sm">
          {t("unprotect")}
        </Button>
      }
    />
  );
}
