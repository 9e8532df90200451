import { cn } from "@/components/ui/class-names";

interface TemplateLogoProps {
  template: { displayName: string; osFamily: string; logoUrl: string | null };
  size?: "md" | "lg";
}

const sides = { md: "size-8 text-sm", lg: "size-11 text-lg" };

/** The picture it was given, or its first letter in the shape of its family of systems. */
export function TemplateLogo({ template, size = "md" }: TemplateLogoProps) {
  const { displayName, osFamily, logoUrl } = template;
  if (logoUrl !== null) {
    return (
      // eslint-disable-next-line @next/next/no-img-element -- A few kilobytes from the portal itself, already small.
      <img
        src={logoUrl}
        alt=""
        className={cn("shrink-0 rounded-md border bg-white object-contain p-0.5", sides[size])}
      />
    );
  }
  return (
    <span
      aria-hidden
      className={cn(
        "grid shrink-0 place-items-center border bg-sunken font-semibold text-ink-muted",
        osFamily === "windows" ? "rounded-sm" : "rounded-full",
        sides[size],
      )}
    >
      {[...displayName.trim()][0]?.toLocaleUpperCase() ?? "?"}
    </span>
  );
}
