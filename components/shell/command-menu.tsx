"use client";

import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { Kbd } from "@/components/ui/kbd";
import type { Command } from "./command";
import { useCommandKey } from "./use-command-key";

// Fetched when it is first opened: most pages are read without it.
const CommandDialog = dynamic(() => import("./command-dialog").then((module) => module.CommandDialog), {
  ssr: false,
});

export function CommandMenu({ commands }: { commands: readonly Command[] }) {
  const t = useTranslations("shell");
  const commandKey = useCommandKey();
  // Once opened it stays mounted, closed, and keeps for a while what it found.
  const [dialog, setDialog] = useState<"never" | "open" | "closed">("never");

  useEffect(() => {
    function toggle(event: KeyboardEvent) {
      if (
        event.key.toLowerCase() !== "k" ||
        !(event.metaKey || event.ctrlKey) ||
        event.shiftKey ||
        event.altKey
      )
        return;
      event.preventDefault();
      setDialog((shown) => (shown === "open" ? "closed" : "open"));
    }
    document.addEventListener("keydown", toggle);
    return () => document.removeEventListener("keydown", toggle);
  }, []);

  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setDialog("open")}
        className="flex h-8 items-center gap-2 rounded-md border border-transparent px-2 text-sm text-ink-faint hover:bg-hover hover:text-ink md:w-60 md:border-line md:bg-surface pointer-coarse:h-10"
      >
        <Search aria-hidden className="size-4" strokeWidth={1.75} />
        <span className="flex-1 text-left max-md:sr-only">{t("command.hint")}</span>
        <span aria-hidden className="hidden md:inline">
          <Kbd>{commandKey} K</Kbd>
        </span>
      </button>
      {dialog !== "never" && (
        <CommandDialog open={dialog === "open"} onClose={() => setDialog("closed")} commands={commands} />
      )}
    </>
  );
}
