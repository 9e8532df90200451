import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { issueFeed } from "@/lib/requests/calendar/issue-feed";
import { readFeedState } from "@/lib/requests/calendar/queries";
import { revokeFeed } from "@/lib/requests/calendar/revoke-feed";
import { feedState, issuedFeed } from "@/lib/requests/calendar/schema";

export const GET = defineRoute({
  summary: "Read whether one's own calendar address is open",
  output: z.object({ feed: feedState }),
  useCase: async (ctx) => ({ feed: await readFeedState(ctx) }),
});

export const POST = defineRoute({
  summary: "Open a secret calendar address; the one before ends",
  output: issuedFeed,
  status: 201,
  useCase: (ctx) => issueFeed(ctx),
});

export const DELETE = defineRoute({
  summary: "Close one's own calendar address",
  useCase: (ctx) => revokeFeed(ctx),
});
