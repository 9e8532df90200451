import { cookies } from "next/headers";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { requireContext, type PersonContext } from "@/app/_http/current-context";
import { rememberLanguageAction, signOutAction } from "@/app/actions/identity";
import { EmergencyBanner } from "@/components/emergencies/emergency-banner";
import { StepUpProvider } from "@/components/mfa/step-up-provider";
import { AppShell } from "@/components/shell/app-shell";
import { LiveUpdates } from "@/components/shell/live-updates";
import type { RunningOperation } from "@/components/shell/operations-dock";
import { portalNavigation } from "@/components/shell/portal-navigation";
import { Viewing } from "@/components/shell/viewing";
import { listOwnPermissions } from "@/lib/access/queries";
import { readViewUntil } from "@/lib/identity/queries";
import { countUnread } from "@/lib/notifications/queries";
import { readOwnEmergency } from "@/lib/requests/emergencies/queries";
import { countQueue, listRunningOperations } from "@/lib/requests/queries";
import type { RequestRow } from "@/lib/requests/schema";
import { operationSteps } from "@/lib/vocabulary/event-types";

/** Shell and who is signed in: five statements beside the session's, whatever the page. */
export default async function PortalLayout({ children }: { children: ReactNode }) {
  const ctx = await requireContext();
  const t = await getTranslations("shell");
  const [permissions, unread, waiting, operations, jar, viewUntil, emergency] = await Promise.all([
    listOwnPermissions(ctx),
    countUnread(ctx),
    countQueue(ctx),
    readDock(ctx),
    cookies(),
    readViewUntil(ctx),
    readOwnEmergency(ctx),
  ]);
  return (
    <>
      <LiveUpdates readAt={ctx.now} />
      {viewUntil && <Viewing name={ctx.actor.displayName} until={viewUntil} />}
      <AppShell
        navigation={portalNavigation({ permissions, unread, waiting, label: (key) => t(`items.${key}`) })}
        commands={[
          {
            id: "new-vm",
            label: t("command.requestVm"),
            href: "/vms/new",
            group: t("command.actions"),
            icon: "new",
          },
        ]}
        operations={operations}
        inbox={{ href: "/inbox", unread }}
        person={{ name: ctx.actor.displayName, username: ctx.actor.username }}
        profileHref="/profile"
        changeLanguage={rememberLanguageAction}
        signOut={signOutAction}
        sidebarCollapsed={jar.get("sidebar")?.value === "collapsed"}
      >
        <StepUpProvider>
          {emergency && <EmergencyBanner {...emergency} />}
          {children}
        </StepUpProvider>
      </AppShell>
    </>
  );
}

async function readDock(ctx: PersonContext): Promise<RunningOperation[]> {
  const t = await getTranslations("shell.operations");
  const requests = await listRunningOperations(ctx);
  return requests.map((request) => {
    const subject = request.resourceName ?? request.serviceName;
    return {
      id: request.id,
      href: `/requests/${request.id}`,
      title: t(`kind.${request.operationType}`, { subject }),
      step: t(`step.${lastStep(request)}`),
    };
  });
}

function lastStep(request: RequestRow): string {
  return operationSteps.findLast((step) => request.steps[step] !== undefined) ?? "approved";
}
