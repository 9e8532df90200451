import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readReplay } from "@/lib/requests/replays/queries";
import { replayDetail } from "@/lib/requests/replays/schema";

export const GET = defineRoute({
  summary: "Read a replay: how far it is, and its differences by kind",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string().max(64) }),
  output: replayDetail,
  useCase: (ctx, { params }) => readReplay(ctx, params.id),
});
