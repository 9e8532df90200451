"use client";

import { Eye, Hand, Scaling, SlidersHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  MenuAction,
  MenuChoice,
  MenuDivider,
  MenuHeading,
} from "@/components/ui/dropdown-menu";
import { scalingModes } from "@/lib/console/preferences/rules";
import type { VncTools } from "./use-vnc-tools";

/** How the picture is shown, and whether it takes keys. */
export function ViewMenu({ tools }: { tools: VncTools }) {
  const t = useTranslations("console.view");
  const { choices, isDragging, isLocked, isWatching } = tools;
  const { scaling } = choices.view;
  return (
    <DropdownMenu
      trigger={
        <Button size="icon-sm" variant="ghost" aria-label={t("menu")} disabled={!tools.isConnected}>
          <Scaling aria-hidden />
        </Button>
      }
    >
      <MenuHeading>{t("size")}</MenuHeading>
      <MenuChoice
        value={scaling}
        onChange={(value) => {
          const chosen = scalingModes.find((each) => each === value);
          if (chosen) choices.changeView({ scaling: chosen });
        }}
        options={scalingModes.map((each) => ({ value: each, label: t(`scaling.${each}`) }))}
      />
      {scaling === "actual" && (
        <MenuAction icon={<Hand aria-hidden />} onSelect={tools.toggleDragging}>
          {isDragging ? t("stopDragging") : t("drag")}
        </MenuAction>
      )}
      <MenuDivider />
      <MenuAction icon={<Eye aria-hidden />} disabled={isWatching} onSelect={tools.toggleLock}>
        {isLocked ? t("unlock") : t("lock")}
      </MenuAction>
      <MenuAction icon={<SlidersHorizontal aria-hidden />} onSelect={() => tools.setDialog("view")}>
        {t("more")}
      </MenuAction>
    </DropdownMenu>
  );
}
