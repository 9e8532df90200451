"use client";

import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

type TextareaProps = ComponentProps<"textarea"> & { mono?: boolean | undefined };

export function Textarea({ mono = false, rows = 4, className, ...rest }: TextareaProps) {
  const control = useFieldControl(rest);
  return (
    <textarea
      rows={rows}
      spellCheck={mono ? false : undefined}
      {...control}
      className={cn(
        controlStyles,
        "field-sizing-content max-h-[28rem] min-h-18 py-1.5",
        mono && "font-mono",
        className,
      )}
    />
  );
}
