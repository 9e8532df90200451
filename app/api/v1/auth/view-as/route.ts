import { defineRoute } from "@/app/_http/define-route";
import { startedView, startViewAsInput } from "@/lib/identity/schema";
import { startViewAs } from "@/lib/identity/start-view-as";
import { stopViewAs } from "@/lib/identity/stop-view-as";

export const POST = defineRoute({
  summary: "See the portal as somebody else, for half an hour and without changing anything",
  description: "Takes a fresh second factor. Until it ends, this session reads as that person.",
  permission: "platform:admin",
  body: startViewAsInput,
  output: startedView,
  useCase: (ctx, { body }) => startViewAs(ctx, body),
});

export const DELETE = defineRoute({
  summary: "Stop seeing the portal as somebody else",
  inView: "allowed",
  useCase: (ctx) => stopViewAs(ctx),
});
