import { defineRoute } from "@/app/_http/define-route";
import { connectionReport, testConnectionInput } from "@/lib/identity/providers/schema";
import { testConnection } from "@/lib/identity/providers/test-connection";

export const POST = defineRoute({
  summary: "Try the settings of a sign-in provider before they are kept",
  permission: "auth_provider:configure",
  body: testConnectionInput,
  output: connectionReport,
  useCase: (ctx, { body }) => testConnection(ctx, body),
});
