import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readRecording } from "@/lib/console/recordings/queries";
import { recordingRow } from "@/lib/console/recordings/schema";

export const GET = defineRoute({
  summary: "Read what is known of one recording",
  permission: "audit:read",
  params: z.strictObject({ id: z.string().max(64) }),
  output: recordingRow,
  useCase: (ctx, { params }) => readRecording(ctx, params.id),
});
