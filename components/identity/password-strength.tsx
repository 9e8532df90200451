"use client";

import { useTranslations } from "next-intl";
import { passwordStrength, type PasswordFacts } from "@/lib/identity/rules";

const tones = {
  empty: { width: "w-0", bar: "bg-neutral-solid" },
  refused: { width: "w-1/4", bar: "bg-neutral-solid" },
  fair: { width: "w-1/2", bar: "bg-warning-solid" },
  good: { width: "w-3/4", bar: "bg-success-solid" },
  strong: { width: "w-full", bar: "bg-success-solid" },
} as const;

/** In words first; the bar only underlines them. */
export function PasswordStrength({ password, facts }: { password: string; facts: PasswordFacts }) {
  const t = useTranslations("identity");
  const strength = passwordStrength(password, facts);
  const words = {
    empty: t("changePassword.strengthEmpty"),
    refused: t("changePassword.strengthRefused"),
    fair: t("changePassword.strengthFair"),
    good: t("changePassword.strengthGood"),
    strong: t("changePassword.strengthStrong"),
  };
  const { width, bar } = tones[strength];
  return (
    <span className="grid gap-1.5 pt-0.5">
      <span aria-hidden className="block h-1 overflow-hidden rounded-full bg-sunken">
        <span
          className={`block h-full rounded-full transition-[width] motion-reduce:transition-none ${width} ${bar}`}
        />
      </span>
      <span aria-live="polite">{words[strength]}</span>
    </span>
  );
}
