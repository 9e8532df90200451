import { LoaderCircle } from "lucide-react";
import { cn } from "./class-names";

export function Spinner({
  className,
  label,
}: {
  className?: string | undefined;
  label?: string | undefined;
}) {
  return (
    <span role={label ? "status" : undefined} className={cn("inline-flex", className)}>
      <LoaderCircle aria-hidden className="size-4 animate-spin motion-reduce:animate-none" strokeWidth={2} />
      {label && <span className="sr-only">{label}</span>}
    </span>
  );
}
