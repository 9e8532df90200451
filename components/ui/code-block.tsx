import type { ReactNode } from "react";
import { cn } from "./class-names";
import { CopyButton } from "./copy-button";

type CodeBlockProps = {
  code: string;
  /** A file name or what the code is. */
  title?: ReactNode;
  maxHeight?: "short" | "tall" | "none" | undefined;
  className?: string | undefined;
};

const heights = { short: "max-h-60", tall: "max-h-[32rem]", none: "" };

export function CodeBlock({ code, title, maxHeight = "tall", className }: CodeBlockProps) {
  return (
    <figure className={cn("relative min-w-0 overflow-hidden rounded-lg border bg-sunken", className)}>
      {title && (
        <figcaption className="flex h-9 items-center border-b pr-10 pl-3 text-xs font-medium text-ink-muted">
          {title}
        </figcaption>
      )}
      <CopyButton text={code} className="absolute top-1 right-1 z-1 bg-sunken" />
      <pre
        tabIndex={0}
        className={cn(
          "overflow-auto p-3 pr-10 font-mono text-xs leading-5 text-ink -outline-offset-2",
          heights[maxHeight],
        )}
      >
        <code>{code}</code>
      </pre>
    </figure>
  );
}
