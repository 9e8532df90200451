"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuAction, MenuDivider, MenuRefusal } from "@/components/ui/dropdown-menu";
import { ActionIcon } from "./action-icon";
import { PowerDialog, type DialogAction } from "./power-dialog";

interface MenuEntry {
  action: DialogAction;
  /** Why it is refused now, in words; null where it may be asked for. */
  refusal: string | null;
}

const dangerous: readonly DialogAction[] = ["reset", "forceStop", "delete"];

/** The menu gives the focus back to its button first, so that the dialog can return it there. */
const focusReturnMs = 20;

type PowerMenuProps = { entries: readonly MenuEntry[]; vm: { id: string; name: string } };

/** What is wanted less often; what is refused says why. */
export function PowerMenu({ entries, vm }: PowerMenuProps) {
  const t = useTranslations("power");
  const [chosen, setChosen] = useState<DialogAction | null>(null);
  const isDangerous = ({ action }: MenuEntry) => dangerous.includes(action);
  return (
    <>
      <DropdownMenu
        trigger={
          <Button>
            {t("more")}
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        {entries.filter((entry) => !isDangerous(entry)).map(entryOf)}
        <MenuDivider />
        {entries.filter(isDangerous).map(entryOf)}
      </DropdownMenu>
      {chosen && <PowerDialog action={chosen} vm={vm} onClose={() => setChosen(null)} />}
    </>
  );

  function entryOf(entry: MenuEntry) {
    const { action, refusal } = entry;
    const icon = <ActionIcon action={action} />;
    return refusal === null ? (
      <MenuAction
        key={action}
        icon={icon}
        tone={isDangerous(entry) ? "danger" : undefined}
        onSelect={() => setTimeout(() => setChosen(action), focusReturnMs)}
      >
        {t(`action.${action}`)}
      </MenuAction>
    ) : (
      <MenuRefusal key={action} icon={icon} reason={refusal}>
        {t(`action.${action}`)}
      </MenuRefusal>
    );
  }
}
