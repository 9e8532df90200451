import type { ComponentProps } from "react";
import { buttonStyles, type ButtonStyle } from "./button-styles";
import { cn } from "./class-names";
import { Spinner } from "./spinner";

export type ButtonProps = ComponentProps<"button"> & ButtonStyle & { pending?: boolean | undefined };

/** While pending it keeps its width, its name and its focus, and answers no click. */
export function Button({
  variant,
  size,
  pending = false,
  type = "button",
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={pending ? "button" : type}
      aria-disabled={pending || rest["aria-disabled"]}
      aria-busy={pending || undefined}
      onClick={pending ? undefined : onClick}
      className={cn(buttonStyles({ variant, size }), pending && "relative", className)}
    >
      {pending ? (
        <>
          <Spinner className="absolute" />
          <span className="inline-flex items-center gap-1.5 opacity-0">{children}</span>
        </>
      ) : (
        children
      )}
    </button>
  );
}
