import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";
import { QuotedCode } from "./quoted-code";

type ErrorStateProps = {
  /** What happened. */
  title: ReactNode;
  /** What to do. */
  children?: ReactNode;
  code?: string | undefined;
  requestId?: string | undefined;
  action?: ReactNode;
  className?: string | undefined;
};

export function ErrorState({ title, children, code, requestId, action, className }: ErrorStateProps) {
  return (
    <div role="alert" className={cn("grid justify-items-center gap-1 px-4 py-12 text-center", className)}>
      <span className="mb-2 grid size-10 place-items-center rounded-full border border-danger-line bg-danger-soft text-danger">
        <CircleAlert aria-hidden className="size-5" strokeWidth={1.75} />
      </span>
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-md text-sm text-pretty text-ink-muted">{children}</div>}
      <QuotedCode code={code} requestId={requestId} className="mt-1 justify-center" />
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
