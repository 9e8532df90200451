import { Link } from "./link";
import type { ComponentProps } from "react";
import { buttonStyles, type ButtonStyle } from "./button-styles";
import { cn } from "./class-names";

export function LinkButton({ variant, size, className, ...rest }: ComponentProps<typeof Link> & ButtonStyle) {
  return <Link className={cn(buttonStyles({ variant, size }), className)} {...rest} />;
}
