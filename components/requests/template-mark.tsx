import { cn } from "@/components/ui/class-names";

interface TemplateMarkProps {
  name: string;
  osFamily: string;
  logoUrl?: string | null;
}

/** The picture its keepers gave it, else its first letter in its family's shape: vendors' logos are not ours to draw. */
export function TemplateMark({ name, osFamily, logoUrl = null }: TemplateMarkProps) {
  if (logoUrl !== null) {
    return (
      // eslint-disable-next-line @next/next/no-img-element -- A few kilobytes from the portal itself, already small.
      <img src={logoUrl} alt="" className="size-6 shrink-0 rounded-sm border bg-white object-contain p-px" />
    );
  }
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
