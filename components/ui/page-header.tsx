import type { ReactNode } from "react";
import { Breadcrumbs, type Crumb } from "./breadcrumbs";

type PageHeaderProps = {
  title: ReactNode;
  description?: ReactNode;
  /** Beside the title: a status, a copy button. */
  badges?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: readonly Crumb[] | undefined;
};

export function PageHeader({ title, description, badges, actions, breadcrumbs }: PageHeaderProps) {
  return (
    <header className="grid gap-2">
      {breadcrumbs && <Breadcrumbs crumbs={breadcrumbs} />}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-2xl font-semibold break-words">{title}</h1>
            {badges}
          </div>
          {description && <p className="max-w-prose text-sm text-ink-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
