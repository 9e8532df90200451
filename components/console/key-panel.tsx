"use client";

import { useTranslations } from "next-intl";
import type { MouseEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import type { KeyCombination } from "@/lib/console/preferences/schema";
import {
  commonCombinations,
  functionKeyCombinations,
  modifierKeys,
  terminalCombinations,
  type ModifierName,
} from "./key-combinations";
import type { StickyModifiers } from "./use-sticky-modifiers";

interface KeyPanelProps {
  id: string;
  own: readonly KeyCombination[];
  modifiers: StickyModifiers;
  onPress: (combination: KeyCombination, isByPointer: boolean) => void;
  onEdit: () => void;
}

// The names of a record's keys are exactly these.
const modifierNames = Object.keys(modifierKeys) as ModifierName[];

/** Keys that a browser, a desk's own system or a phone does not let through. */
export function KeyPanel({ id, own, modifiers, onPress, onEdit }: KeyPanelProps) {
  const t = useTranslations("console.keys");
  return (
    <div
      id={id}
      role="group"
      aria-label={t("label")}
      className="grid max-h-64 gap-2 overflow-y-auto border-b px-3 py-2"
    >
      <Row label={t("held")}>
        {modifierNames.map((name) => (
          <Button
            key={name}
            size="sm"
            aria-pressed={modifiers.held.includes(name)}
            variant={modifiers.held.includes(name) ? "primary" : "secondary"}
            onClick={() => modifiers.toggle(name)}
          >
            {name}
          </Button>
        ))}
      </Row>
      <Row label={t("own")}>
        <Keys keys={own} onPress={onPress} />
        <Button size="sm" variant="ghost" onClick={onEdit}>
          {own.length === 0 ? t("add") : t("edit")}
        </Button>
      </Row>
      <Row label={t("common")}>
        <Keys keys={commonCombinations} onPress={onPress} />
      </Row>
      <Row label={t("function")}>
        <Keys keys={functionKeyCombinations} onPress={onPress} />
      </Row>
      <Row label={t("terminals")}>
        <Keys keys={terminalCombinations} onPress={onPress} />
      </Row>
    </div>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className="grid gap-1 sm:grid-cols-[7rem_1fr] sm:items-baseline">
      <span aria-hidden className="text-xs text-ink-faint">
        {label}
      </span>
      <div className="flex flex-wrap gap-1">{children}</div>
    </div>
  );
}

function Keys({ keys, onPress }: { keys: readonly KeyCombination[]; onPress: KeyPanelProps["onPress"] }) {
  // A click that a key made has no count: whoever works by keyboard stays where they are.
  const isByPointer = (event: MouseEvent) => event.detail > 0;
  return keys.map((combination) => (
    <Button key={combination.name} size="sm" onClick={(event) => onPress(combination, isByPointer(event))}>
      {combination.name}
    </Button>
  ));
}
