import type { ReactNode } from "react";
import { cn } from "./class-names";
import { CopyButton } from "./copy-button";

type CopyableProps = {
  text: string;
  label?: string | undefined;
  mono?: boolean | undefined;
  children?: ReactNode;
  className?: string | undefined;
};

/** A name, address or id together with the button that copies it. */
export function Copyable({ text, label, mono = true, children, className }: CopyableProps) {
  return (
    <span className={cn("group/copy inline-flex min-w-0 items-center gap-0.5", className)}>
      <span className={cn("min-w-0 truncate", mono && "font-mono text-[0.92em]")}>{children ?? text}</span>
      <CopyButton
        text={text}
        label={label}
        className="-my-1 opacity-0 group-focus-within/copy:opacity-100 group-hover/copy:opacity-100 pointer-coarse:opacity-100"
      />
    </span>
  );
}
