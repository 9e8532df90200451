"use client";

import { useTranslations } from "next-intl";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import type { Command } from "./command";
import { CommandMenu } from "./command-menu";
import { InboxBell } from "./inbox-bell";
import { LanguageSwitch } from "./language-switch";
import { currentItem, type NavigationItem } from "./navigation";
import { navigationCommands } from "./navigation-commands";
import { NavigationDrawer } from "./navigation-drawer";
import { PersonMenu, type Person } from "./person-menu";
import { ThemeSwitch } from "./theme-switch";

export type TopBarProps = {
  navigation: readonly NavigationItem[];
  /** Without them the name of the current section stands there. */
  breadcrumbs?: ReactNode;
  commands: readonly Command[];
  inbox: { href: string; unread: number };
  person: Person;
  profileHref: string;
  signOut: (form: FormData) => Promise<unknown>;
  changeLanguage?: ((form: FormData) => Promise<unknown>) | undefined;
};

export function TopBar(props: TopBarProps) {
  const { navigation, breadcrumbs, commands, inbox, person, profileHref, signOut, changeLanguage } = props;
  const t = useTranslations("shell");
  const section = currentItem(usePathname(), navigation);
  const preferences = (
    <>
      <LanguageSwitch changeLanguage={changeLanguage} />
      <ThemeSwitch />
    </>
  );
  return (
    <header className="sticky top-0 z-20 flex h-12 shrink-0 items-center gap-2 border-b bg-canvas px-4 sm:px-6">
      <NavigationDrawer items={navigation} footer={preferences} />
      <div className="min-w-0 flex-1">
        {breadcrumbs ?? <span className="block truncate text-sm font-medium">{section?.label}</span>}
      </div>
      <div className="flex shrink-0 items-center gap-0.5">
        <CommandMenu commands={[...commands, ...navigationCommands(t("command.pages"), navigation)]} />
        <span className="hidden items-center gap-0.5 pl-1 lg:flex">{preferences}</span>
        <InboxBell {...inbox} />
        <PersonMenu person={person} profileHref={profileHref} signOut={signOut} />
      </div>
    </header>
  );
}
