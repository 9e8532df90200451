import type { ReactNode } from "react";
import { cn } from "./class-names";

type CardProps = {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  footer?: ReactNode;
  children?: ReactNode;
  /** Without padding, for tables and lists that reach the edge. */
  flush?: boolean | undefined;
  className?: string | undefined;
};

export function Card({ title, description, actions, footer, children, flush = false, className }: CardProps) {
  return (
    <section className={cn("min-w-0 overflow-clip rounded-lg border bg-surface", className)}>
      {(title || actions) && (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2 border-b px-4 py-2">
          <div className="min-w-0">
            {title && <h2 className="text-sm font-semibold">{title}</h2>}
            {description && <p className="text-xs text-ink-muted">{description}</p>}
          </div>
          {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? "[&_[role=region]]:rounded-none [&_[role=region]]:border-0" : "p-4"}>
        {children}
      </div>
      {footer && <footer className="border-t bg-sunken px-4 py-2.5 text-xs text-ink-muted">{footer}</footer>}
    </section>
  );
}
