import type { ReactNode } from "react";
import { KeyboardShortcuts } from "./keyboard-shortcuts";
import { OperationsDock, type RunningOperation } from "./operations-dock";
import { Sidebar } from "./sidebar";
import { mainContentId, SkipLink } from "./skip-link";
import { TopBar, type TopBarProps } from "./top-bar";

type AppShellProps = TopBarProps & {
  operations: readonly RunningOperation[];
  sidebarCollapsed?: boolean | undefined;
  /** Under the navigation, such as the version. */
  sidebarFooter?: ReactNode;
  children: ReactNode;
};

/** The frame of every signed-in page; everything it shows arrives as props. */
export function AppShell({
  operations,
  sidebarCollapsed = false,
  sidebarFooter,
  children,
  ...bar
}: AppShellProps) {
  return (
    <div className="flex min-h-dvh">
      <SkipLink />
      <Sidebar items={bar.navigation} collapsedAtFirst={sidebarCollapsed} footer={sidebarFooter} />
      <div className="flex min-w-0 flex-1 flex-col">
        <TopBar {...bar} />
        <main
          id={mainContentId}
          tabIndex={-1}
          className="mx-auto grid w-full max-w-[144rem] min-w-0 grid-cols-1 content-start gap-5 px-4 pt-5 pb-20 outline-none sm:px-6"
        >
          {children}
        </main>
      </div>
      <OperationsDock operations={operations} />
      <KeyboardShortcuts items={bar.navigation} />
    </div>
  );
}
