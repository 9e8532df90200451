import type { ReactNode } from "react";
import { LanguageSwitch } from "./language-switch";
import { Logo } from "./logo";
import { ThemeSwitch } from "./theme-switch";

type BareShellProps = { title: ReactNode; description?: ReactNode; children: ReactNode; footer?: ReactNode };

/** The frame of pages before somebody is signed in: one narrow column. */
export function BareShell({ title, description, children, footer }: BareShellProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-14 items-center justify-between px-4 sm:px-6">
        <Logo />
        <div className="flex items-center gap-0.5">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <main className="mx-auto flex w-full max-w-88 flex-1 flex-col px-4 pt-[10vh] pb-12 sm:px-0">
        <h1 className="text-2xl font-semibold">{title}</h1>
        {description && <p className="mt-1 text-sm text-ink-muted">{description}</p>}
        <div className="mt-6 grid gap-5">{children}</div>
        {footer && <footer className="mt-8 border-t pt-4 text-xs text-ink-faint">{footer}</footer>}
      </main>
    </div>
  );
}
