import { defineRoute } from "@/app/_http/define-route";
import { listRecordings } from "@/lib/console/recordings/queries";
import { recordingFilter, recordingPage } from "@/lib/console/recordings/schema";

export const GET = defineRoute({
  summary: "List recordings of consoles, newest first",
  description:
    "Those that the caller may look at: all of them for auditors and administrators, a System's for its owners and admins.",
  permission: "audit:read",
  query: recordingFilter,
  output: recordingPage,
  useCase: (ctx, { query }) => listRecordings(ctx, query),
});
