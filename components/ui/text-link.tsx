import { Link } from "./link";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      className={cn(
        "rounded-xs text-accent-ink underline decoration-transparent underline-offset-3 transition-colors hover:decoration-current",
        className,
      )}
      {...rest}
    />
  );
}
