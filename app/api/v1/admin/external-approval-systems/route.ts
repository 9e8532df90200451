import { defineRoute } from "@/app/_http/define-route";
import { pageQuery } from "@/lib/core/paging";
import { createDesk } from "@/lib/requests/desks/create-desk";
import { listDesks, readDesk } from "@/lib/requests/desks/queries";
import { createDeskInput, deskDetail, deskPage } from "@/lib/requests/desks/schema";

export const GET = defineRoute({
  summary: "List external approval systems",
  permission: "platform:admin",
  query: pageQuery,
  output: deskPage,
  useCase: (ctx, { query }) => listDesks(ctx, query),
});

export const POST = defineRoute({
  summary: "Add an external approval system",
  description: "Secrets are sealed and never answered. A second factor proved lately is needed.",
  permission: "platform:admin",
  body: createDeskInput,
  output: deskDetail,
  status: 201,
  useCase: async (ctx, { body }) => readDesk(ctx, (await createDesk(ctx, body)).id),
  headers: (desk) => ({ Location: `/api/v1/admin/external-approval-systems/${desk.id}` }),
});
