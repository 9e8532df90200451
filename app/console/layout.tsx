import type { ReactNode } from "react";
import { requireContext } from "@/app/_http/current-context";
import { StepUpProvider } from "@/components/mfa/step-up-provider";
import { LiveUpdates } from "@/components/shell/live-updates";
import { PartMessages } from "@/components/shell/part-messages";

/** A console in a window of its own: no shell, and what stays true by itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const ctx = await requireContext();
  return (
    <div className="flex h-dvh flex-col">
      <LiveUpdates readAt={ctx.now} />
      <StepUpProvider>
        <PartMessages part="app/console">
          <main className="min-h-0 flex-1 p-2">{children}</main>
        </PartMessages>
      </StepUpProvider>
    </div>
  );
}
