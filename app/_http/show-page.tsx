import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { DeniedPage } from "@/components/denied/denied-page";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { explainDenial } from "@/lib/access/explain-denial";
import { explainDenialInput } from "@/lib/access/schema";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Permission } from "@/lib/vocabulary/permissions";

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
    return explain(ctx, error.params);
  }
}

/** For pages that are offered to whoever holds a permission anywhere. */
export function showDenied(ctx: Context, permission: Permission): Promise<ReactNode> {
  return explain(ctx, { permission });
}

const deniedFacts = explainDenialInput.strip();

async function explain(ctx: Context, params: Record<string, unknown>): Promise<ReactNode> {
  const denied = deniedFacts.safeParse(params);
  if (!denied.success)
    return <ForbiddenState permission={String(params["permission"])} requestId={ctx.requestId} />;
  const explanation = await explainDenial(ctx, denied.data);
  return <DeniedPage denied={denied.data} explanation={explanation} requestId={ctx.requestId} />;
}
