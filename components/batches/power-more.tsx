"use client";

import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ActionIcon } from "@/components/power/action-icon";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuAction, MenuRefusal } from "@/components/ui/dropdown-menu";
import type { ChoosableVm } from "./bulk-bar";
import { PowerMany, useManyRefusal, type ManyAction } from "./power-many";

const lesser: readonly ManyAction[] = ["pause", "resume", "softReboot", "reset", "forceStop"];
/** The menu gives the focus back to its button first, so that the dialog can return it there. */
const focusReturnMs = 20;

type PowerMoreProps = { vms: readonly ChoosableVm[]; requestId: string };

/** What is wanted less often of many machines. */
export function PowerMore({ vms, requestId }: PowerMoreProps) {
  const t = useTranslations("power");
  const refusalOf = useManyRefusal(vms);
  const [chosen, setChosen] = useState<ManyAction | null>(null);
  return (
    <>
      <DropdownMenu
        side="top"
        trigger={
          <Button>
            {t("more")}
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        {lesser.map((action) => {
          const refusal = refusalOf(action);
          const icon = <ActionIcon action={action} />;
          const label = t(`action.${action}`);
          return refusal === null ? (
            <MenuAction
              key={action}
              icon={icon}
              onSelect={() => setTimeout(() => setChosen(action), focusReturnMs)}
            >
              {label}
            </MenuAction>
          ) : (
            <MenuRefusal key={action} icon={icon} reason={refusal}>
              {label}
            </MenuRefusal>
          );
        })}
      </DropdownMenu>
      {chosen && (
        <PowerMany action={chosen} vms={vms} requestId={requestId} onClose={() => setChosen(null)} />
      )}
    </>
  );
}
