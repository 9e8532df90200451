"use client";

import { useId, type ReactNode } from "react";
import { useFormState } from "./action-form-context";
import { cn } from "./class-names";

export type RadioCard = {
  value: string;
  label: ReactNode;
  /** Small facts in one line: "4 cores · 8 GiB". */
  facts?: ReactNode;
  description?: ReactNode;
  /** Drawn by the caller, so that cards without one do not load every drawing there is. */
  icon?: ReactNode;
  badge?: ReactNode;
  /** Not to be chosen, and the rule that says so. */
  disabledReason?: string | undefined;
};

type RadioCardsProps = {
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  cards: readonly RadioCard[];
  defaultValue?: string | undefined;
  value?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
  error?: string | undefined;
  columns?: 1 | 2 | 3 | undefined;
};

const columnsOf = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-2 xl:grid-cols-3" };

/** Choice tiles over native radio inputs: arrow keys move, the form posts the name. */
export function RadioCards({ name, label, hint, cards, error, columns = 2, ...choice }: RadioCardsProps) {
  const id = useId();
  const form = useFormState();
  const message = error ?? form?.fieldError(name);
  return (
    <fieldset
      aria-describedby={`${id}-note`}
      aria-invalid={message ? true : undefined}
      className="grid min-w-0 gap-2"
    >
      <legend className="mb-2 text-sm font-medium">{label}</legend>
      <div className={cn("grid gap-2", columnsOf[columns])}>
        {cards.map((card) => (
          <Tile key={card.value} name={name} card={card} {...choice} />
        ))}
      </div>
      <p id={`${id}-note`} className={cn("text-xs empty:hidden", message ? "text-danger" : "text-ink-faint")}>
        {message ?? hint}
      </p>
    </fieldset>
  );
}

type TileProps = Pick<RadioCardsProps, "name" | "defaultValue" | "value" | "onChange"> & { card: RadioCard };

function Tile({ name, card, defaultValue, value, onChange }: TileProps) {
  const refused = card.disabledReason !== undefined;
  const chosen =
    value === undefined ? { defaultChecked: card.value === defaultValue } : { checked: card.value === value };
  return (
    <label
      className={cn(
        "relative flex min-w-0 items-start gap-3 rounded-lg border bg-surface p-3 text-sm transition-colors",
        "has-checked:border-accent-ink has-checked:bg-accent-soft has-checked:inset-ring-1 has-checked:inset-ring-accent-ink",
        "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent-ink",
        refused ? "cursor-not-allowed bg-sunken" : "cursor-pointer hover:bg-hover",
      )}
    >
      <input
        type="radio"
        name={name}
        value={card.value}
        disabled={refused}
        {...chosen}
        onChange={() => onChange?.(card.value)}
        className="mt-0.5 size-4 shrink-0 accent-accent outline-none"
      />
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          {card.icon && <span className="flex text-ink-muted">{card.icon}</span>}
          <span className={cn("min-w-0 font-medium break-words", refused && "text-ink-faint")}>
            {card.label}
          </span>
          {card.badge}
        </span>
        {card.facts && <span className="text-xs text-ink-muted tabular-nums">{card.facts}</span>}
        {card.description && <span className="text-xs text-ink-faint">{card.description}</span>}
        {refused && <span className="text-xs text-warning">{card.disabledReason}</span>}
      </span>
    </label>
  );
}
