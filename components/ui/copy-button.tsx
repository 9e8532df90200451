"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { IconButton } from "./icon-button";

type CopyButtonProps = { text: string; label?: string | undefined; className?: string | undefined };

export function CopyButton({ text, label, className }: CopyButtonProps) {
  const t = useTranslations("ui");
  const [outcome, setOutcome] = useState<"idle" | "copied" | "refused">("idle");

  useEffect(() => {
    if (outcome === "idle") return;
    const timer = setTimeout(() => setOutcome("idle"), 1_600);
    return () => clearTimeout(timer);
  }, [outcome]);

  async function copy() {
    setOutcome((await writeClipboard(text)) ? "copied" : "refused");
  }

  const names = { idle: label ?? t("copy.name"), copied: t("copy.copied"), refused: t("copy.refused") };
  return (
    <>
      <IconButton label={names[outcome]} size="icon-sm" className={className} onClick={() => void copy()}>
        {outcome === "copied" ? (
          <Check aria-hidden className="text-success" />
        ) : (
          <Copy aria-hidden strokeWidth={1.75} className="size-3.5!" />
        )}
      </IconButton>
      <span role="status" className="sr-only">
        {outcome === "idle" ? "" : names[outcome]}
      </span>
    </>
  );
}

async function writeClipboard(text: string) {
  // Without TLS the browser hides the clipboard, except on loopback.
  if (!navigator.clipboard) return false;
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
}
