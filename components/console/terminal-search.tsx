"use client";

import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type KeyboardEvent, type RefObject } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import type { SerialTerminal } from "./serial-screen";

interface TerminalSearchProps {
  terminal: RefObject<SerialTerminal | null>;
  input: RefObject<HTMLInputElement | null>;
  found: { at: number; count: number } | null;
  isDisabled: boolean;
}

/** Finds text in what the terminal still holds. */
export function TerminalSearch({ terminal, input, found, isDisabled }: TerminalSearchProps) {
  const t = useTranslations("console.search");
  const [text, setText] = useState("");
  const isEmpty = text === "";

  function find(direction: "next" | "previous") {
    if (!isEmpty) terminal.current?.find(text, direction);
  }

  function obey(event: KeyboardEvent) {
    if (event.key === "Enter") find(event.shiftKey ? "previous" : "next");
    if (event.key !== "Escape") return;
    event.preventDefault();
    terminal.current?.stopFinding();
    terminal.current?.focus();
  }

  return (
    <div role="search" className="flex items-center gap-0.5">
      <Input
        ref={input}
        type="search"
        aria-label={t("label")}
        placeholder={t("placeholder")}
        value={text}
        disabled={isDisabled}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={obey}
        className="w-32 sm:w-40"
      />
      <span role="status" className="px-1 text-xs text-ink-faint tabular-nums empty:hidden">
        {!isEmpty && found !== null && t("found", { at: found.at, count: found.count })}
      </span>
      <IconButton
        size="icon-sm"
        label={t("previous")}
        disabled={isDisabled || isEmpty}
        onClick={() => find("previous")}
      >
        <ChevronUp aria-hidden />
      </IconButton>
      <IconButton
        size="icon-sm"
        label={t("next")}
        disabled={isDisabled || isEmpty}
        onClick={() => find("next")}
      >
        <ChevronDown aria-hidden />
      </IconButton>
    </div>
  );
}
