"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { cn } from "@/components/ui/class-names";
import type { Choice } from "./use-choices";

type ChoiceListProps = {
  id: string;
  choices: readonly Choice[];
  /** −1 while none is pointed at. */
  active: number;
  onChoose: (value: string) => void;
};

/** The list under a combobox; the focus stays in the box above. */
export function ChoiceList({ id, choices, active, onChoose }: ChoiceListProps) {
  const t = useTranslations("vmlist");
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    if (active >= 0) list.current?.children[active]?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <ul
      ref={list}
      id={`${id}-list`}
      role="listbox"
      aria-label={t("search.choices")}
      className={cn(
        "absolute inset-x-0 top-full z-20 mt-1 max-h-72 sm:max-w-xl overflow-y-auto rounded-lg border bg-raised p-1 shadow-floating",
        choices.length === 0 && "hidden",
      )}
    >
      {choices.map(({ value, label }, index) => (
        <li
          key={value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onPointerDown={(event) => {
            event.preventDefault();
            onChoose(value);
          }}
          className={cn(
            "flex cursor-pointer items-baseline gap-3 rounded-md px-2 py-1.5 text-sm hover:bg-hover",
            index === active && "bg-hover",
          )}
        >
          <span className="font-mono text-[0.92em]">{value}</span>
          {label !== value && <span className="min-w-0 truncate text-xs text-ink-muted">{label}</span>}
        </li>
      ))}
    </ul>
  );
}
