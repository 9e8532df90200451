"use client";

import { useTranslations } from "next-intl";
import { useCallback } from "react";
import type { CodedError } from "./action-result";

/** A code without words still gets a sentence that can be quoted to an administrator. */
export function useErrorText() {
  const errors = useTranslations("errors");
  const ui = useTranslations("ui");
  return useCallback(
    ({ code, params = {} }: CodedError) => {
      if (code === "CONNECTION_LOST") return ui("error.connectionLost");
      if (!errors.has(code)) return ui("error.unnamed", { code });
      const sentence = errors(code, printable(params));
      return sentence === `errors.${code}` ? ui("error.unnamed", { code }) : sentence;
    },
    [errors, ui],
  );
}

function printable(params: Record<string, unknown>): Record<string, string | number | Date> {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, printableValue(value)]));
}

function printableValue(value: unknown): string | number | Date {
  if (typeof value === "string" || typeof value === "number" || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((entry) => String(printableValue(entry))).join(", ");
  if (value === null || value === undefined) return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
