"use client";

import { Menu } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useState, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { NavigationItem } from "./navigation";

const loadPanel = () => import("./drawer-panel").then((module) => module.DrawerPanel);
const DrawerPanel = dynamic(loadPanel, { ssr: false });

/** The sidebar of narrow screens. */
export function NavigationDrawer({
  items,
  footer,
}: {
  items: readonly NavigationItem[];
  footer?: ReactNode;
}) {
  const t = useTranslations("shell");
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="ghost"
        size="icon"
        aria-label={t("sidebar.open")}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
        onPointerEnter={() => void loadPanel()}
        className="-ml-2 lg:hidden"
      >
        <Menu aria-hidden strokeWidth={1.75} />
      </Button>
      {open && <DrawerPanel items={items} footer={footer} onClose={() => setOpen(false)} />}
    </>
  );
}
