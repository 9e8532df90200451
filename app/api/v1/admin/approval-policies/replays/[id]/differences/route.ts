import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listReplayDifferences } from "@/lib/requests/replays/queries";
import { differenceFilter, differencePage } from "@/lib/requests/replays/schema";

export const GET = defineRoute({
  summary: "List the requests of a replay that would have been answered otherwise",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string().max(64) }),
  query: differenceFilter,
  output: differencePage,
  useCase: (ctx, { params, query }) => listReplayDifferences(ctx, { replayId: params.id, ...query }),
});
