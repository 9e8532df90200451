import { cn } from "@/components/ui/class-names";

/** A shepherd's crook. */
export function LogoMark({ className }: { className?: string | undefined }) {
  return (
    <svg aria-hidden viewBox="0 0 24 24" className={cn("size-6 shrink-0", className)}>
      <rect width="24" height="24" rx="6.5" className="fill-accent" />
      <path
        d="M9.25 19V9.5a3.6 3.6 0 0 1 7.2 0v.6"
        fill="none"
        stroke="white"
        strokeWidth="2.1"
        strokeLinecap="round"
      />
      <circle cx="16.45" cy="13.6" r="1.3" fill="white" />
    </svg>
  );
}

export function Logo({ wordClassName }: { wordClassName?: string | undefined }) {
  return (
    <span className="flex items-center gap-2">
      <LogoMark />
      <span className={cn("text-base font-semibold tracking-tight", wordClassName)}>{"Shepherd"}</span>
    </span>
  );
}
