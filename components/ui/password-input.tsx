"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { cn } from "./class-names";
import { Input, type InputProps } from "./input";

export function PasswordInput({ className, ...rest }: Omit<InputProps, "type">) {
  const t = useTranslations("ui");
  const [shown, setShown] = useState(false);
  const Drawing = shown ? EyeOff : Eye;
  return (
    <span className="relative block">
      <Input
        {...rest}
        type={shown ? "text" : "password"}
        spellCheck={false}
        autoCapitalize="none"
        className={cn("pr-9", className)}
      />
      <button
        type="button"
        aria-label={shown ? t("password.hide") : t("password.show")}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-md text-ink-faint hover:text-ink"
      >
        <Drawing aria-hidden className="size-4" strokeWidth={1.75} />
      </button>
    </span>
  );
}
