import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { environmentRecordingShape } from "@/lib/console/recordings/schema";
import { setEnvironmentRecording } from "@/lib/console/recordings/set-environment-recording";

export const PUT = defineRoute({
  summary: "Set which consoles of an environment are recorded",
  permission: "platform:admin",
  params: z.strictObject({ name: z.string() }),
  body: environmentRecordingShape.omit({ environment: true }),
  useCase: (ctx, { params, body }) => setEnvironmentRecording(ctx, { environment: params.name, ...body }),
});
