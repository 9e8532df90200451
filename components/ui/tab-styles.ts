export const tabRow = "no-scrollbar -mb-px flex gap-4 overflow-x-auto";

export const tab = [
  "inline-flex h-9 shrink-0 items-center gap-1.5 border-b-2 border-transparent text-sm font-medium whitespace-nowrap text-ink-muted -outline-offset-2",
  "transition-colors hover:text-ink data-[state=active]:border-accent-ink data-[state=active]:text-ink",
  "aria-[current=page]:border-accent-ink aria-[current=page]:text-ink pointer-coarse:h-11",
].join(" ");
