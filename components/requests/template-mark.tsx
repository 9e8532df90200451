import { cn } from "@/components/ui/class-names";

/** The first letter stands for the system; its family has a shape of its own, because vendors' logos are not ours to draw. */
export function TemplateMark({ name, osFamily }: { name: string; osFamily: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "grid size-6 shrink-0 place-items-center border bg-sunken text-xs font-semibold text-ink-muted",
        osFamily === "windows" ? "rounded-xs" : "rounded-full",
      )}
    >
      {[...name.trim()][0]?.toLocaleUpperCase() ?? "?"}
    </span>
  );
}
