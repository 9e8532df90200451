import { CircleCheck, CircleDashed, CircleHelp, CircleX, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

type VerdictMark = "yes" | "no" | "careful" | "unknown" | "open";

const marks = {
  yes: { Drawing: CircleCheck, color: "text-success" },
  no: { Drawing: CircleX, color: "text-danger" },
  careful: { Drawing: TriangleAlert, color: "text-warning" },
  unknown: { Drawing: CircleHelp, color: "text-warning" },
  open: { Drawing: CircleDashed, color: "text-ink-faint" },
};

type VerdictLineProps = { mark: VerdictMark; title: ReactNode; children?: ReactNode };

/** One answer: a shape, a sentence, and why. */
export function VerdictLine({ mark, title, children }: VerdictLineProps) {
  const { Drawing, color } = marks[mark];
  return (
    <li className="flex min-w-0 items-start gap-2.5 py-2.5 first:pt-0 last:pb-0">
      <Drawing aria-hidden strokeWidth={1.75} className={cn("mt-0.5 size-4 shrink-0", color)} />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="text-sm break-words">{title}</p>
        {children && <div className="min-w-0 text-xs break-words text-ink-muted">{children}</div>}
      </div>
    </li>
  );
}
