"use client";

import { LogOut, UserRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { startTransition } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { DropdownMenu, MenuAction, MenuDivider, MenuLink } from "@/components/ui/dropdown-menu";

export type Person = { name: string; username: string };

type PersonMenuProps = { person: Person; profileHref: string; signOut: (form: FormData) => Promise<unknown> };

export function PersonMenu({ person, profileHref, signOut }: PersonMenuProps) {
  const t = useTranslations("shell");

  function leave() {
    startTransition(async () => {
      await signOut(new FormData());
    });
  }

  const trigger = (
    <Button
      variant="ghost"
      size="icon"
      aria-label={t("person.label", { name: person.name })}
      className="rounded-full"
    >
      <Avatar name={person.name} />
    </Button>
  );
  return (
    <DropdownMenu trigger={trigger} className="w-56">
      <div className="grid px-2 py-1.5">
        <span className="truncate font-medium">{person.name}</span>
        <span className="truncate text-xs text-ink-faint">{person.username}</span>
      </div>
      <MenuDivider />
      <MenuLink href={profileHref} icon={<UserRound aria-hidden />}>
        {t("person.profile")}
      </MenuLink>
      <MenuAction icon={<LogOut aria-hidden />} onSelect={leave}>
        {t("person.signOut")}
      </MenuAction>
    </DropdownMenu>
  );
}
