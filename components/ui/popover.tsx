"use client";

import * as PopoverParts from "radix-ui/popover";
import type { ReactNode } from "react";
import { cn } from "./class-names";

type PopoverProps = {
  trigger: ReactNode;
  children: ReactNode;
  label: string;
  align?: "start" | "center" | "end" | undefined;
  className?: string | undefined;
};

export function Popover({ trigger, children, label, align = "start", className }: PopoverProps) {
  return (
    <PopoverParts.Root>
      <PopoverParts.Trigger asChild>{trigger}</PopoverParts.Trigger>
      <PopoverParts.Portal>
        <PopoverParts.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className={cn(
            "z-50 w-72 max-w-[calc(100vw-1rem)] animate-enter rounded-lg bg-raised p-3 text-sm text-ink shadow-floating focus:outline-none",
            className,
          )}
        >
          {children}
        </PopoverParts.Content>
      </PopoverParts.Portal>
    </PopoverParts.Root>
  );
}
