"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";
import type { NavigationItem } from "./navigation";
import { useCommandKey } from "./use-command-key";
import { useKeySequence } from "./use-key-sequence";

/** "g" and a letter go to a page, "/" searches, "j" and "k" walk the rows, "?" lists them all. */
export function KeyboardShortcuts({ items }: { items: readonly NavigationItem[] }) {
  const t = useTranslations("shell");
  const router = useRouter();
  const commandKey = useCommandKey();
  const [shown, setShown] = useState(false);
  const pages = items.filter((item) => item.shortcut !== undefined);

  useKeySequence((keys) => {
    const page = pages.find((item) => keys === `g ${item.shortcut}`);
    if (page) return router.push(page.href);
    if (keys === "?") return setShown(true);
    if (keys === "/") return document.querySelector<HTMLElement>("[data-shortcut=search]")?.focus();
    if (keys === "j") return walkRows(1);
    if (keys === "k") return walkRows(-1);
  });

  return (
    <Dialog open={shown} onOpenChange={setShown} title={t("shortcuts.title")} width="sm">
      <dl className="grid gap-2 text-sm">
        <Shortcut keys={`${commandKey} K`} label={t("shortcuts.command")} />
        <Shortcut keys="/" label={t("shortcuts.search")} />
        <Shortcut keys="j k" label={t("shortcuts.rows")} />
        {pages.map((item) => (
          <Shortcut key={item.href} keys={`g ${item.shortcut}`} label={item.label} />
        ))}
        <Shortcut keys="?" label={t("shortcuts.list")} />
      </dl>
    </Dialog>
  );
}

function Shortcut({ keys, label }: { keys: string; label: string }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt>{label}</dt>
      <dd className="flex gap-1">
        {keys.split(" ").map((key) => (
          <Kbd key={key}>{key}</Kbd>
        ))}
      </dd>
    </div>
  );
}

function walkRows(step: 1 | -1) {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
  const at = rows.findIndex((row) => row === document.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : rows.length - 1) : at + step;
  rows[Math.min(Math.max(next, 0), rows.length - 1)]?.focus();
}
