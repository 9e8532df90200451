export const menuPanel =
  "z-50 min-w-44 overflow-y-auto rounded-lg bg-raised p-1 text-sm text-ink shadow-floating animate-enter max-h-[var(--radix-dropdown-menu-content-available-height)]";

export const menuItem = [
  "flex h-8 w-full items-center gap-2 rounded-md px-2 text-left outline-none select-none pointer-coarse:h-10",
  "data-highlighted:bg-hover data-disabled:pointer-events-none data-disabled:opacity-50",
  "[&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-faint",
].join(" ");
