import { useTranslations } from "next-intl";
import type { z } from "zod";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ownProfile } from "@/lib/identity/schema";
import { AccountSource, useAccountSource } from "./account-source";

export function ProfileAccount({ profile }: { profile: z.output<typeof ownProfile> }) {
  const t = useTranslations("accounts");
  const source = useAccountSource();
  const isLocal = profile.authType === "local";
  return (
    <Card
      title={t("profile.account")}
      footer={isLocal ? undefined : t("profile.externalText", { source: source(profile) })}
    >
      <DescriptionList>
        <Description term={t("field.name")}>{profile.displayName}</Description>
        <Description term={t("field.username")}>
          <Copyable text={profile.username} />
        </Description>
        <Description term={t("field.email")}>{profile.email ?? t("none")}</Description>
        <Description term={t("field.source")}>
          <AccountSource account={profile} />
        </Description>
        <Description term={t("profile.factors")}>
          <span className="inline-flex flex-wrap items-center gap-3">
            <Badge tone={profile.hasSecondFactor ? "success" : "neutral"}>
              {t(profile.hasSecondFactor ? "profile.factorsOn" : "profile.factorsOff")}
            </Badge>
            <TextLink href="/profile/security">{t("profile.manage")}</TextLink>
          </span>
        </Description>
        <Description term={t("field.lastLogin")}>
          {profile.lastLoginAt ? <TimeAgo at={profile.lastLoginAt} /> : t("never")}
        </Description>
        <Description term={t("field.created")}>
          <TimeAgo at={profile.createdAt} />
        </Description>
      </DescriptionList>
    </Card>
  );
}
