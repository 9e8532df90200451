import type { ReactNode } from "react";
import { cn } from "./class-names";
import { Icon, type IconName } from "./icon";

type EmptyStateProps = {
  icon?: IconName | undefined;
  title: ReactNode;
  /** What would be here, in a sentence. */
  children?: ReactNode;
  /** The one next step. */
  action?: ReactNode;
  className?: string | undefined;
};

export function EmptyState({ icon = "inbox", title, children, action, className }: EmptyStateProps) {
  return (
    <div className={cn("grid justify-items-center gap-1 px-4 py-12 text-center", className)}>
      <span className="mb-2 grid size-10 place-items-center rounded-full border bg-sunken text-ink-faint">
        <Icon name={icon} className="size-5" />
      </span>
      <p className="font-medium">{title}</p>
      {children && <div className="max-w-md text-sm text-pretty text-ink-muted">{children}</div>}
      {action && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
