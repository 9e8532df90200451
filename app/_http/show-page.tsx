import { getTranslations } from "next-intl/server";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";

/**
 * For pages: the designed states for what a person may not see, instead of an error.
 *
 *   return showPage(ctx, async () => <ClusterPage cluster={await readCluster(ctx, id)} />);
 */
export async function showPage(ctx: Context, render: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await render();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.status === 404) notFound();
    if (error.code !== "PERMISSION_DENIED") throw error;
    return <Forbidden error={error} requestId={ctx.requestId} />;
  }
}

async function Forbidden({ error, requestId }: { error: AppError; requestId: string }) {
  const t = await getTranslations("ui");
  const { permission, environment } = error.params;
  return (
    <ForbiddenState
      permission={String(permission)}
      scope={typeof environment === "string" ? environment : t("forbidden.everywhere")}
      requestId={requestId}
    />
  );
}
