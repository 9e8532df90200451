"use client";

import type { ReactNode } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type AmountFieldProps = {
  name: string;
  label: string;
  hint: ReactNode;
  /** What the machine has: shown where nothing has been typed. */
  now: number;
  minimum: number;
  maximum: number;
  step: number;
  text: string;
  onChange: (text: string) => void;
  error: string | undefined;
  /** The form sends it together with others of its kind. */
  isNameless?: boolean;
  /** What an address leads here by. */
  anchor?: string | undefined;
  /** Under the field: what the change of it takes. */
  children?: ReactNode;
};

/** An amount by its slider or its number; one that is left as it is stays empty. */
export function AmountField(props: AmountFieldProps) {
  const {
    name,
    label,
    hint,
    now,
    minimum,
    maximum,
    step,
    text,
    onChange,
    error,
    anchor,
    isNameless = false,
    children,
  } = props;
  const range = { min: minimum, max: maximum, step };
  return (
    <div
      id={anchor}
      className="grid scroll-mt-20 gap-2 rounded-lg border bg-surface p-4 target:border-accent-ink sm:grid-cols-[minmax(0,1fr)_minmax(0,1fr)] sm:gap-6"
    >
      <Field name={name} label={label} hint={hint} error={error}>
        <span className="flex items-center gap-3">
          <input
            {...range}
            // The slider of a machine that may grow without bound would not be one.
            max={Math.min(maximum, Math.max(now * 8, minimum + step))}
            type="range"
            aria-label={label}
            value={text === "" ? now : Number(text)}
            onChange={(event) => onChange(Number(event.target.value) === now ? "" : event.target.value)}
            className={slider}
          />
          <Input
            {...range}
            {...(isNameless ? { name: "" } : {})}
            type="number"
            inputMode="decimal"
            placeholder={String(now)}
            value={text}
            onChange={(event) => onChange(event.target.value)}
            className="w-24 shrink-0"
          />
        </span>
      </Field>
      <div aria-live="polite" className="min-w-0 self-center">
        {children}
      </div>
    </div>
  );
}

/** The browser's own slider, drawn with our colours: its track is white in dark mode otherwise. */
const slider = [
  "h-1.5 min-w-0 flex-1 cursor-pointer appearance-none rounded-full bg-neutral-line",
  "[&::-webkit-slider-thumb]:size-4 [&::-webkit-slider-thumb]:appearance-none",
  "[&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:bg-accent",
  "[&::-moz-range-thumb]:size-4 [&::-moz-range-thumb]:rounded-full",
  "[&::-moz-range-thumb]:border-0 [&::-moz-range-thumb]:bg-accent",
].join(" ");
