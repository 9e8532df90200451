import { expect, test } from "vitest";
import { cn } from "./class-names";

test.each([
  ["size-4 size-3.5", "size-3.5"],
  ["h-4 h-6 w-48", "h-6 w-48"],
  ["w-4 h-4 size-5", "size-5"],
  ["text-sm text-ink text-2xs", "text-ink text-2xs"],
  ["text-ink text-ink-faint text-center", "text-ink-faint text-center"],
  ["px-3 pl-8", "px-3 pl-8"],
  ["pl-8 px-3", "px-3"],
  ["border border-line border-danger-line", "border border-danger-line"],
  ["hover:bg-hover bg-surface hover:bg-sunken", "bg-surface hover:bg-sunken"],
  ["font-medium font-mono font-normal", "font-mono font-normal"],
  ["animate-enter animate-fade", "animate-enter animate-fade"],
  ["gap-x-4 gap-y-2 gap-1", "gap-x-4 gap-y-2 gap-1"],
  ["border-b border-line border-t-2", "border-b border-line border-t-2"],
  ["border-separate border-spacing-0", "border-separate border-spacing-0"],
  ["rounded-t-xl sm:rounded-xl rounded-lg", "rounded-t-xl sm:rounded-xl rounded-lg"],
  ["min-w-0 w-full max-w-72 w-auto", "min-w-0 max-w-72 w-auto"],
  ["text-[16px] sm:text-sm text-[var(--ink)]", "text-[16px] sm:text-sm text-[var(--ink)]"],
  ["shadow-raised inset-ring-1 shadow-floating", "inset-ring-1 shadow-floating"],
])("%s becomes %s", (given, kept) => {
  expect(cn(given)).toBe(kept);
});
