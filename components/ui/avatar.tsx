import { cn } from "./class-names";

type AvatarProps = { name: string; size?: "sm" | "md" | undefined; className?: string | undefined };

/** Decorates a name that stands beside it. */
export function Avatar({ name, size = "md", className }: AvatarProps) {
  const measure = size === "sm" ? "size-5 text-[0.5625rem]" : "size-7 text-2xs";
  return (
    <span
      aria-hidden
      data-initials={initials(name)}
      className={cn(
        "inline-grid shrink-0 before:content-[attr(data-initials)] place-items-center rounded-full bg-accent-soft font-semibold text-accent-ink",
        measure,
        className,
      )}
    />
  );
}

function initials(name: string) {
  const words = name
    .trim()
    .split(/[\s._-]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? "?")][0]?.toLocaleUpperCase() ?? "").join("");
}
