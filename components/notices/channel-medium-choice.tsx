"use client";

import { useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { RadioCards } from "@/components/ui/radio-cards";
import { channelMedia } from "@/lib/notifications/rules";

const icons = { slack: "layers", teams: "users", webhook: "plug" } as const;

export function ChannelMediumChoice() {
  const t = useTranslations("notices");
  return (
    <RadioCards
      name="medium"
      label={t("channel.medium")}
      defaultValue="slack"
      cards={channelMedia.map((value) => ({
        value,
        icon: <Icon name={icons[value]} />,
        label: t(`medium.${value}`),
        description: t(`mediumText.${value}`),
      }))}
    />
  );
}
