"use client";

import { useTranslations } from "next-intl";
import { useId, useState, type KeyboardEvent } from "react";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Input } from "@/components/ui/input";

interface NameListProps {
  name: string;
  label: string;
  hint: string;
  defaultNames: readonly string[];
}

/** Names added one by one; each is posted under the same input name. */
export function NameList({ name, label, hint, defaultNames }: NameListProps) {
  const t = useTranslations("clusters");
  const id = useId();
  const [names, setNames] = useState(defaultNames);
  const [typed, setTyped] = useState("");

  function add() {
    const wanted = typed.trim();
    if (wanted !== "" && !names.includes(wanted)) setNames([...names, wanted]);
    setTyped("");
  }

  function addOnEnter(event: KeyboardEvent) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    add();
  }

  return (
    <div role="group" aria-labelledby={id} className="grid gap-2">
      <span id={id} className="text-sm font-medium">
        {label}
      </span>
      {names.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {names.map((one) => (
            <li
              key={one}
              className="inline-flex items-center gap-1 rounded-sm border bg-sunken pl-1.5 font-mono text-xs"
            >
              <input type="hidden" name={name} value={one} />
              {one}
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={t("policy.removeName", { name: one })}
                onClick={() => setNames(names.filter((kept) => kept !== one))}
              >
                <Icon name="trash" className="size-3.5!" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex gap-2">
        <Input
          mono
          aria-labelledby={id}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={addOnEnter}
          className="max-w-60"
        />
        <Button onClick={add}>{t("policy.addName")}</Button>
      </div>
      <p className="text-xs text-ink-faint">{hint}</p>
    </div>
  );
}
