import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { toneText, type Tone } from "./tones";

type CalloutProps = {
  tone?: Tone | undefined;
  /** Instead of the one of its tone. */
  icon?: ReactNode;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  role?: "alert" | "status" | "note" | undefined;
  className?: string | undefined;
};

const icons = {
  neutral: Info,
  info: Info,
  success: CircleCheck,
  warning: TriangleAlert,
  danger: CircleAlert,
};

const boxes: Record<Tone, string> = {
  neutral: "border-neutral-line bg-neutral-soft",
  info: "border-info-line bg-info-soft",
  success: "border-success-line bg-success-soft",
  warning: "border-warning-line bg-warning-soft",
  danger: "border-danger-line bg-danger-soft",
};

export function Callout({ tone = "info", icon, title, children, actions, role, className }: CalloutProps) {
  const Drawing = icons[tone];
  return (
    <div
      role={role}
      className={cn(
        "flex flex-wrap items-start gap-x-4 gap-y-2 rounded-lg border px-3 py-2.5 text-sm",
        boxes[tone],
        className,
      )}
    >
      <div className="flex min-w-0 flex-1 basis-56 items-start gap-2.5">
        <span className={cn("mt-0.5 [&_svg]:size-4", toneText[tone])}>
          {icon ?? <Drawing aria-hidden strokeWidth={1.75} />}
        </span>
        <div className="grid min-w-0 gap-0.5">
          {title && <p className="font-medium break-words text-ink">{title}</p>}
          {children && <div className="min-w-0 break-words text-ink-muted">{children}</div>}
        </div>
      </div>
      {actions && <div className="flex flex-wrap gap-2 pl-6.5 sm:pl-0">{actions}</div>}
    </div>
  );
}
