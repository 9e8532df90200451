import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { submitted } from "@/lib/requests/schema";
import { requestRestore } from "@/lib/requests/snapshots/request-restore";
import { requestRestoreInput } from "@/lib/requests/snapshots/schema";

export const POST = defineRoute({
  summary: "Ask for a stopped machine to go back to a snapshot",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  body: requestRestoreInput.omit({ snapshotId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => requestRestore(ctx, { ...body, snapshotId: params.id }),
  headers: (result) => ({ Location: result.links.event }),
});
