"use client";

import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { controlHeight, controlStyles } from "./control-styles";
import { useFieldControl } from "./field-context";

export type InputProps = ComponentProps<"input"> & { mono?: boolean | undefined };

export function Input({ mono = false, className, ...rest }: InputProps) {
  const control = useFieldControl(rest);
  return <input {...control} className={cn(controlStyles, controlHeight, mono && "font-mono", className)} />;
}
